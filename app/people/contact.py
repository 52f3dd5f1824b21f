"""When a customer was last in contact with us, to the minute."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from app.extensions import db
from app.people.models import Person

PRECISION = timedelta(minutes=1)


def note_contact(person: Person, at: datetime) -> None:
    """Note that he has written then, unless he has written since, or a moment before, which many do.

    Nothing that is said of him changes by that.
    """
    before = person.last_contact_at
    if before is not None and at < before + PRECISION:
        return
    earlier = sa.or_(Person.last_contact_at.is_(None), Person.last_contact_at < at)
    change = sa.update(Person).where(Person.id == person.id, earlier)
    db.session.execute(
        change.values(last_contact_at=at, updated_at=Person.updated_at),
        execution_options={"synchronize_session": False},
    )
    set_committed_value(person, "last_contact_at", at)
