"""Finding, making and changing persons."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.people.addresses import clean_address, key_of
from app.people.models import Identity, IdentityKind, Person, Role, TeamMember
from app.people.nameless import name_after
from app.people.organizations import organization_at
from app.people.sessions import end_sessions_of

# It is asked for every mail and in many a request, and so it is put together once.
BY_ADDRESS = (
    select(Identity)
    .where(Identity.kind == IdentityKind.EMAIL, Identity.key == bindparam("key"))
    .options(joinedload(Identity.person))
)


def person_by_uuid(uuid: UUID) -> Person:
    """The person with this uuid; of one who was merged, who he is now. Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.uuid == uuid).options(joinedload(Person.organization)))
    person = person.merged_into or person if person else None
    if person is None or person.deleted_at:
        raise NotFound("There is no such person.")
    return person


def person_by_id(number: int) -> Person:
    """The person with this id; of one who was merged, who he is now. Raises NotFound."""
    person = db.session.get(Person, number)
    person = person.merged_into or person if person else None
    if person is None or person.deleted_at:
        raise NotFound("There is nobody with this id.")
    return person


def person_numbered(number: int, *, field: str) -> Person:
    """The same. Raises Invalid, naming the field."""
    try:
        return person_by_id(number)
    except NotFound as error:
        raise Invalid(error.message, field=field) from None


def find_person(address: str) -> Person | None:
    """Whose e-mail address this is, if anybody's."""
    identity = db.session.scalar(BY_ADDRESS, {"key": key_of(address)})
    return identity.person if identity and not identity.person.deleted_at else None


def present_owner(address: str) -> Person | None:
    """The same, for whoever is about to give it to somebody: it is taken from whoever was dismissed."""
    return present(db.session.scalar(BY_ADDRESS, {"key": key_of(address)}))


def present(identity: Identity | None) -> Person | None:
    """Whose identity this is. Of somebody who is gone it is no longer: another one comes with it."""
    if identity is None or identity.person.deleted_at is None:
        return identity.person if identity else None
    identity.person.identities.remove(identity)
    db.session.flush()
    return None


def known_person(address: str, *, field: str) -> Person:
    """The person with this address. Raises Invalid, naming the field."""
    person = find_person(address)
    if person is None:
        raise Invalid("Nobody has this address. It must be that of a person whom Casey knows already.", field=field)
    return person


def owners_of(addresses: Iterable[str]) -> dict[str, Person]:
    """Whose addresses these are, by key, in one query; unknown ones are left out."""
    keys = {key_of(address) for address in addresses}
    if not keys:
        return {}
    found = db.session.scalars(
        select(Identity)
        .where(Identity.kind == IdentityKind.EMAIL, Identity.key.in_(keys))
        .options(joinedload(Identity.person))
    )
    return {identity.key: identity.person for identity in found}


def persons_by_id(ids: Iterable[int]) -> dict[int, Person]:
    """The persons with these ids, by id, in one question, or in none where nobody is asked for."""
    wanted = set(ids)
    found = db.session.scalars(select(Person).where(Person.id.in_(wanted))) if wanted else ()
    return {person.id: person for person in found}


def admins() -> list[Person]:
    """Who runs the place, as far as they may still act: admins and owners."""
    query = select(Person).where(Person.role.in_((Role.ADMIN, Role.OWNER))).order_by(Person.id)
    return [one for one in db.session.scalars(query) if one.active]


def create_person(
    name: str, email: str, *, role: Role = Role.CUSTOMER, by: Person | None, field: str = "email"
) -> Person:
    """Make a person. Raises Invalid for a bad address, Conflict (with the person's uuid) for one that is taken."""
    address = clean_address(email, field=field)
    existing = present_owner(address)
    if existing is not None:
        raise Conflict(f"{existing.name} has this address already.", field=field, person=str(existing.uuid))
    person = _create(name, address, role=role, by=by)
    if person.team:
        record(person, "role_given", by=by, new=role)
    return person


def _create(name: str, address: str, *, role: Role, by: Person | None, **told: Any) -> Person:
    person = Person(name=name.strip() or name_after(address), role=role, **told)
    person.identities.append(Identity(value=address, key=key_of(address), primary=True))
    if not person.team:
        person.organization = organization_at(address.rpartition("@")[2])
    db.session.add(person)
    record(person, "person_created", by=by, new={"role": role})
    return person


def find_or_create_person(
    email: str,
    name: str = "",
    *,
    field: str = "email",
    language: str | None = None,
    last_contact_at: datetime | None = None,
) -> Person:
    """The person with this address, never changed; else a new customer, who wrote then and in this language."""
    address = clean_address(email, field=field)
    known = present_owner(address)
    told = {"language": language, "last_contact_at": last_contact_at}
    return known or _create(name, address, role=Role.CUSTOMER, by=None, **told)


def new_customer(
    email: str, name: str, *, by: Person | None, field: str = "email", last_contact_at: datetime | None = None
) -> Person:
    """A customer with an address that nobody has, as whoever calls this knows already. Raises Invalid for a bad one."""
    address = clean_address(email, field=field)
    return _create(name, address, role=Role.CUSTOMER, by=by, last_contact_at=last_contact_at)


def rename_person(person: Person, name: str, *, by: Person | None) -> None:
    """Give a person another name."""
    name = name.strip()
    if person.name != name:
        was, person.name = person.name, name
        record(person, "person_renamed", by=by, old=was, new=name)


def change_role(person: Person, role: Role, *, by: Person | None) -> None:
    """Give a person another role. A customer belongs to no team; whoever may do less has to sign in anew."""
    if person.role is not role:
        was, person.role = person.role, role
        if role.rank < was.rank:
            end_sessions_of(person)
        if role is Role.CUSTOMER:
            db.session.execute(sa.delete(TeamMember).where(TeamMember.person_id == person.id))
        record(person, "person_role_changed", by=by, old=was, new=role)


def disable_person(person: Person, *, by: Person | None) -> None:
    """Let a person neither act nor be written to any more; his keys and links open nothing from now on, and what stood
    for his keys for a while never will again. Where he has signed in, he has not any more.
    """
    if person.disabled_at is None:
        person.disabled_at = person.passes_ended_at = now()
        end_sessions_of(person)
        record(person, "person_disabled", by=by)


def enable_person(person: Person, *, by: Person | None) -> None:
    """Let a disabled person act again, with the keys and links he has."""
    if person.disabled_at is not None:
        person.disabled_at = None
        record(person, "person_enabled", by=by)


def block_person(person: Person, *, by: Person | None) -> None:
    """Have nothing more to do with a person: it does what disabling does, and says why."""
    if person.blocked_at is None:
        person.blocked_at = person.passes_ended_at = now()
        end_sessions_of(person)
        record(person, "person_blocked", by=by)


def unblock_person(person: Person, *, by: Person | None) -> None:
    """Let a blocked person write and be written to again."""
    if person.blocked_at is not None:
        person.blocked_at = None
        record(person, "person_unblocked", by=by)
