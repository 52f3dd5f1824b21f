"""Who those are now whom something names by an id of long ago, and where each can be written to."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.people.models import Identity, IdentityKind, Person


@dataclass(frozen=True)
class Present:
    """The id of somebody, and the identity that is his first choice, if he has an address or a number."""

    id: int
    identity: Identity | None


def present_each(ids: Iterable[int | None]) -> dict[int, Present]:
    """Who is behind each of these ids, in one question. Whoever went up in somebody else is him."""
    wanted = {one for one in ids if one is not None}
    person, now_id = aliased(Person), func.coalesce(Person.merged_into_id, Person.id)
    query = (
        select(Person.id, person.id.label("present"), Identity)
        .join(person, person.id == now_id)
        .outerjoin(Identity, Identity.person_id == person.id)
        .where(Person.id.in_(wanted))
        .order_by((Identity.kind == IdentityKind.EMAIL).desc(), Identity.primary.desc(), Identity.id)
    )
    found: dict[int, Present] = {}
    for id, present, identity in db.session.execute(query) if wanted else ():
        found.setdefault(id, Present(present, identity))
    return found
