"""When a customer was last in contact with us."""

from datetime import datetime

import sqlalchemy as sa

from app.extensions import db
from app.people.models import Person


def note_contact(person: Person, at: datetime) -> None:
    """Note that he has written then, unless he has written since. Nothing that is said of him changes by that."""
    earlier = sa.or_(Person.last_contact_at.is_(None), Person.last_contact_at < at)
    change = sa.update(Person).where(Person.id == person.id, earlier)
    db.session.execute(
        change.values(last_contact_at=at, updated_at=Person.updated_at),
        execution_options={"synchronize_session": False},
    )
    db.session.expire(person, ["last_contact_at"])
