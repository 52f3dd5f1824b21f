"""Whom somebody means who has written a piece of a name or of an address. The newest stand first."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.extensions import db
from app.listing.fragments import Fragment
from app.listing.linked import having
from app.people.fragments import ADDRESSES, ORGANIZATIONS
from app.people.models import Identity, IdentityKind, Organization, Person, Role
from app.people.narrowing import known_with


def long_enough(piece: str) -> bool:
    """Whether so much was written that it means few: less is looked for in vain."""
    try:
        Fragment(piece).check()
    except ValueError:
        return False
    return True


def addresses_like(piece: str, limit: int) -> Sequence[Identity]:
    """E-mail addresses, of whoever is there, with this piece."""
    if not long_enough(piece):
        return []
    query = select(Identity).join(Identity.person).where(Person.deleted_at.is_(None))
    query = query.where(Identity.kind == IdentityKind.EMAIL, having(ADDRESSES, Fragment(piece)))
    return db.session.scalars(query.order_by(Identity.id.desc()).limit(limit)).all()


def persons_like(piece: str, roles: Collection[Role], but: Collection[int], limit: int) -> Sequence[Person]:
    """Whoever has this piece in his name or in an address, is of one of these roles, and is none of those."""
    if not long_enough(piece):
        return []
    query = select(Person).where(known_with(Fragment(piece)), Person.deleted_at.is_(None))
    query = query.where(Person.role.in_(roles), Person.id.not_in(but))
    return db.session.scalars(query.order_by(Person.id.desc()).limit(limit)).all()


def organizations_like(piece: str, limit: int) -> Sequence[Organization]:
    """Organizations with this piece in their name."""
    if not long_enough(piece):
        return []
    query = select(Organization).where(Organization.deleted_at.is_(None), having(ORGANIZATIONS, Fragment(piece)))
    return db.session.scalars(query.order_by(Organization.id.desc()).limit(limit)).all()
