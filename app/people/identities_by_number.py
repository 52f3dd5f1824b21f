"""Where people are reached, as some dialects know it: each identity by a number of its own."""

from collections.abc import Collection

from sqlalchemy import select

from app.errors import NotFound
from app.extensions import db
from app.listing.numbered import Counted, Stretch, counted
from app.people.models import Identity, IdentityKind, Person


def identities_numbered(kind: IdentityKind, ids: Collection[int]) -> dict[int, Identity]:
    """The identities of a kind with these ids."""
    query = select(Identity).where(Identity.kind == kind, Identity.id.in_(ids))
    return {one.id: one for one in db.session.scalars(query)}


def identity_numbered(kind: IdentityKind, number: int) -> Identity:
    """One of a kind, of somebody who is there. Raises NotFound."""
    found = identities_numbered(kind, [number]).get(number)
    if found is None or found.person.deleted_at:
        raise NotFound("There is no such identity.")
    return found


def identities_page(kind: IdentityKind, person: Person | None, page: Stretch) -> Counted[Identity]:
    """Identities of a kind, of one person or of everybody who is there: first choices first, then the newest."""
    query = select(Identity).where(Identity.kind == kind)
    if person is not None:
        query = query.where(Identity.person_id == person.id).order_by(Identity.primary.desc())
    else:
        query = query.join(Identity.person).where(Person.deleted_at.is_(None))
    return counted(query.order_by(Identity.id.desc()), page)
