"""Which persons are wanted: by where they are reached, by what is said of them, and by when something happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, false, func, not_, or_, select, true

from app.listing.filters import Column, Condition
from app.listing.fragments import Fragment
from app.listing.linked import few, having, linked
from app.people.fragments import ADDRESSES, NAMES
from app.people.identities import KEY
from app.people.models import Identity, IdentityKind, Person

Moment = datetime | None


def reached_at(kind: IdentityKind, pieces: Sequence[Fragment]) -> Condition:
    """Who has an address of this kind with one of these pieces. Raises ValueError, with the end of a sentence."""
    return _having(Identity.kind == kind, ADDRESSES.matching(*pieces))


def known_by(kind: IdentityKind, values: Iterable[str]) -> Condition:
    """Who has one of exactly these addresses."""
    return _having(Identity.kind == kind, Identity.key.in_([KEY[kind](one) for one in values]))


def _having(*which: Condition) -> Condition:
    return linked(Person.id, select(Identity.person_id).where(*which), Identity.person_id)


def called_with(pieces: Sequence[Fragment]) -> Condition:
    """Whose name has one of these pieces. Raises ValueError, with the end of a sentence."""
    return having(NAMES, *pieces)


def known_with(piece: Fragment) -> Condition:
    """Who has this piece in his name or in an address. Raises ValueError, with the end of a sentence."""
    addressed = select(Identity.person_id).where(ADDRESSES.matching(piece))
    named, reached = few(NAMES.ids(piece)), few(addressed)
    if named is not None and reached is not None:
        return Person.id.in_(named | reached)
    return or_(NAMES.matching(piece), addressed.where(Identity.person_id == Person.id).exists())


def called(names: Iterable[str]) -> Condition:
    """Whose name is one of exactly these."""
    return Person.name.in_(names)


def of_organizations(ids: Iterable[int]) -> Condition:
    """Who belongs to one of these organizations."""
    return Person.organization_id.in_(ids)


def speaking(languages: Iterable[str]) -> Condition:
    """Whose language is one of these."""
    return Person.language.in_(languages)


def reading_in(time_zones: Iterable[str]) -> Condition:
    """Whose own time zone is one of these."""
    return Person.time_zone.in_(time_zones)


def known_since(first: Moment, last: Moment) -> Condition:
    """Who was made in this span of time, its ends included."""
    return _between(Person.created_at, first, last)


def changed(first: Moment, last: Moment) -> Condition:
    """Of whom something was last changed in this span of time."""
    return _between(Person.updated_at, first, last)


def in_contact(first: Moment, last: Moment) -> Condition:
    """Who last wrote in this span of time."""
    return _between(Person.last_contact_at, first, last)


def _between(column: Column, first: Moment, last: Moment) -> Condition:
    return and_(column >= first if first else true(), column <= last if last else true())


def every(conditions: Iterable[Condition]) -> Condition:
    """Of whom all this holds."""
    return and_(true(), *conditions)


def some(conditions: Iterable[Condition]) -> Condition:
    """Of whom any of this holds."""
    return or_(false(), *conditions)


def unlike(condition: Condition) -> Condition:
    """Of whom this does not hold, or nobody knows."""
    return not_(func.coalesce(condition, false()))
