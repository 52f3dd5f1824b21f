"""Finding, making and changing persons."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.people.addresses import clean_address, key_of
from app.people.models import Identity, IdentityKind, Person, Role


def person_by_uuid(uuid: UUID) -> Person:
    """Raises NotFound."""
    person = db.session.scalar(select(Person).where(Person.uuid == uuid, Person.deleted_at.is_(None)))
    if person is None:
        raise NotFound("There is no such person.")
    return person


def find_person(address: str) -> Person | None:
    """Whose e-mail address this is, if anybody's."""
    identity = db.session.scalar(
        select(Identity)
        .where(Identity.kind == IdentityKind.EMAIL, Identity.key == key_of(address))
        .options(joinedload(Identity.person))
    )
    return identity.person if identity and not identity.person.deleted_at else None


def known_person(address: str, *, field: str) -> Person:
    """The person with this address. Raises Invalid, naming the field."""
    person = find_person(address)
    if person is None:
        raise Invalid("Nobody with this address is known.", field=field)
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


def create_person(
    name: str, email: str, *, role: Role = Role.CUSTOMER, by: Person | None, field: str = "email"
) -> Person:
    """Make a person. Raises Invalid for a bad address, Conflict (with the person's uuid) for one that is taken."""
    address = clean_address(email, field=field)
    existing = find_person(address)
    if existing is not None:
        raise Conflict(f"{existing.name} has this address already.", field=field, person=str(existing.uuid))
    return _create(name, address, role=role, by=by)


def _create(name: str, address: str, *, role: Role, by: Person | None) -> Person:
    person = Person(name=name.strip() or address.partition("@")[0], role=role)
    person.identities.append(Identity(value=address, key=key_of(address), primary=True))
    db.session.add(person)
    record(person, "person_created", by=by, new={"role": role})
    return person


def find_or_create_person(email: str, name: str = "", *, field: str = "email") -> Person:
    """The person with this address, never renamed; a new customer when there is none."""
    address = clean_address(email, field=field)
    return find_person(address) or _create(name, address, role=Role.CUSTOMER, by=None)


def rename_person(person: Person, name: str, *, by: Person | None) -> None:
    """Give a person another name."""
    name = name.strip()
    if person.name != name:
        was, person.name = person.name, name
        record(person, "person_renamed", by=by, old=was, new=name)


def change_role(person: Person, role: Role, *, by: Person | None) -> None:
    """Give a person another role."""
    if person.role is not role:
        was, person.role = person.role, role
        record(person, "person_role_changed", by=by, old=was, new=role)


def disable_person(person: Person, *, by: Person | None) -> None:
    """Let a person neither act nor be written to any more; his keys and links open nothing from now on."""
    if person.disabled_at is None:
        person.disabled_at = now()
        record(person, "person_disabled", by=by)


def enable_person(person: Person, *, by: Person | None) -> None:
    """Let a disabled person act again, with the keys and links he has."""
    if person.disabled_at is not None:
        person.disabled_at = None
        record(person, "person_enabled", by=by)


def change_email(person: Person, email: str, *, by: Person | None) -> None:
    """Give a person another primary address. Raises Invalid or Conflict as ``create_person`` does."""
    address = clean_address(email)
    if key_of(address) == key_of(person.email or ""):
        return
    owner = find_person(address)
    if owner is not None and owner is not person:
        raise Conflict(f"{owner.name} has this address already.", field="email", person=str(owner.uuid))
    for identity in person.identities:
        identity.primary = False
    _identity(person, address).primary = True
    record(person, "person_email_changed", by=by)


def _identity(person: Person, address: str) -> Identity:
    for identity in person.identities:
        if identity.kind is IdentityKind.EMAIL and identity.key == key_of(address):
            return identity
    identity = Identity(value=address, key=key_of(address))
    person.identities.append(identity)
    return identity
