"""Persons, teams and organizations as lists are narrowed by them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from app.listing import Filter, parted
from app.listing.filters import NONE, Asker, list_of
from app.listing.lookups import among_found
from app.people.addresses import key_of
from app.people.models import Identity, IdentityKind, Organization, Person, Team

ME = "me"
UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def persons(column: InstrumentedAttribute[Any]) -> Filter:
    """Rows by a person: his UUID or an address of his, ``me`` for whoever asks, ``none`` for nobody."""

    def rows(text: str, me: Asker | None) -> ColumnElement[bool]:
        values = parted(text)
        ids: list[int | None] = [None] if NONE in values else []
        if ME in values:
            ids.append(_asker(me))
        return among_found(column, ids, *_persons_called(values))

    return Filter(rows, "UUIDs or addresses of persons, me for the person of the key, or none.", "some.user@other.tld")


def _asker(me: Asker | None) -> int:
    if me is None:
        raise ValueError("cannot be me, since the key belongs to no person")
    return int(me.id)


def _persons_called(values: Iterable[str]) -> Iterable[Select[int]]:
    """How the ids of the persons with these UUIDs and addresses are found. Whoever is not there has none."""
    given = [one for one in values if one not in {NONE, ME}]
    addresses = {key_of(one) for one in given if "@" in one}
    uuids = {_uuid(one) for one in given if "@" not in one}
    if uuids:
        yield select(Person.id).where(Person.uuid.in_(uuids))
    if addresses:
        known = Identity.kind == IdentityKind.EMAIL, Identity.key.in_(addresses)
        yield select(Identity.person_id).where(*known)


def teams(column: InstrumentedAttribute[Any]) -> Filter:
    """Rows by the UUID of a team."""
    return _things(column, Team)


def organizations(column: InstrumentedAttribute[Any]) -> Filter:
    """Rows by the UUID of an organization."""
    return _things(column, Organization)


def _things(column: InstrumentedAttribute[Any], model: type[Team] | type[Organization]) -> Filter:
    def rows(text: str, _me: Asker | None) -> ColumnElement[bool]:
        values = parted(text)
        uuids = {_uuid(one) for one in values if one != NONE}
        lookups = [select(model.id).where(model.uuid.in_(uuids))] if uuids else []
        return among_found(column, [None] if NONE in values else [], *lookups)

    return Filter(rows, "UUIDs, or none.", NONE, list_of(NONE, UUID_PATTERN))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueError("must be a UUID, or several of them with commas between them") from None
