"""Where a person can be reached: adding an address, taking one away, and which of them is the first choice."""

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import select

from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.people.addresses import clean_address, key_of
from app.people.models import Identity, IdentityKind, Person, Role
from app.people.nameless import LONGEST_NAME, called_after, name_after
from app.people.persons import find_or_create_person, present, rename_person
from app.people.wording import one_line

MOST_IDENTITIES = 100
LONGEST = 320
NUMBER = re.compile(r"\+?[0-9 ()/.-]{3,40}", re.ASCII)


def _clean_number(text: str, *, field: str) -> str:
    text = one_line(text, field=field)
    if not NUMBER.fullmatch(text) or len(_digits(text)) < 3:
        raise Invalid("This is not a telephone number, such as +49 30 1234567.", field=field)
    return text


def _digits(text: str) -> str:
    return re.sub(r"[^+0-9]", "", text)


def _clean_name(text: str, *, field: str) -> str:
    text = one_line(text, field=field)
    if not 0 < len(text.lower()) <= LONGEST:  # a letter may become two
        raise Invalid(f"This must be 1 to {LONGEST} characters long.", field=field)
    return text


NUMBERS = (IdentityKind.PHONE, IdentityKind.WHATSAPP)
CLEAN: Mapping[IdentityKind, Callable[..., str]] = {
    **dict.fromkeys(IdentityKind, _clean_name),
    **dict.fromkeys(NUMBERS, _clean_number),
    IdentityKind.EMAIL: clean_address,
}
KEY: Mapping[IdentityKind, Callable[[str], str]] = {
    **dict.fromkeys(IdentityKind, str.lower),
    **dict.fromkeys(NUMBERS, _digits),
    IdentityKind.EMAIL: key_of,
}


def key_piece(kind: IdentityKind, text: str) -> str:
    """A piece of an address as it stands in the key: of a number only digits and a plus do."""
    return _digits(text) if kind in NUMBERS else text


def identity_of(person: Person, uuid: UUID) -> Identity:
    """An identity of this person. Raises NotFound."""
    for identity in person.identities:
        if identity.uuid == uuid:
            return identity
    raise NotFound("This person has no such identity.")


def add_identity(
    person: Person, kind: IdentityKind, value: str, *, by: Person | None, field: str = "value"
) -> Identity:
    """Give a person a further address. Who has it already keeps it as it is.

    Raises Invalid for a bad one, Conflict (with the person's uuid) for one that is somebody else's.
    """
    value = CLEAN[kind](value, field=field)
    owned = _identity_with(kind, KEY[kind](value))
    owner = present(owned)
    if owner is not None and owner.id != person.id:
        raise Conflict(f"{owner.name} has this address already.", field=field, person=str(owner.uuid))
    return owned if owned and owner else _add(person, kind, value, by=by)


def person_with(kind: IdentityKind, value: str) -> Person | None:
    """Whose this is, if anybody's."""
    identity = _identity_with(kind, KEY[kind](value))
    return identity.person if identity and not identity.person.deleted_at else None


def find_or_create_with(kind: IdentityKind, value: str, name: str = "", *, field: str) -> Person:
    """The person who is reached so, never renamed; a new customer when there is none. Raises Invalid for a bad one."""
    value = CLEAN[kind](value, field=field)
    return person_with(kind, value) or _new_customer(kind, value, name, by=None, field=field)


def create_customer(kind: IdentityKind, value: str, name: str, *, by: Person | None, field: str) -> Person:
    """Make a customer. Raises Invalid for a bad address, Conflict (with the person's uuid) for one that is taken."""
    value = CLEAN[kind](value, field=field)
    owner = person_with(kind, value)
    if owner is not None:
        raise Conflict(f"{owner.name} has this address already.", field=field, person=str(owner.uuid))
    return _new_customer(kind, value, name, by=by, field=field)


def _new_customer(kind: IdentityKind, value: str, name: str, *, by: Person | None, field: str) -> Person:
    if kind is IdentityKind.EMAIL:
        return find_or_create_person(value, name, field=field)
    person = Person(name=name.strip() or value[:LONGEST_NAME], role=Role.CUSTOMER, identities=[])
    db.session.add(person)
    record(person, "person_created", by=by, new={"role": Role.CUSTOMER})
    _add(person, kind, value, by=by)
    return person


def _add(person: Person, kind: IdentityKind, value: str, *, by: Person | None) -> Identity:
    if len(person.identities) >= MOST_IDENTITIES:
        raise Conflict(f"A person has at most {MOST_IDENTITIES} identities.")
    first = all(one.kind is not kind for one in person.identities)
    identity = Identity(kind=kind, value=value, key=KEY[kind](value), primary=first)
    person.identities.append(identity)
    db.session.flush()
    record(person, "identity_added", by=by, new=_told(identity))
    return identity


def _identity_with(kind: IdentityKind, key: str) -> Identity | None:
    return db.session.scalar(select(Identity).where(Identity.kind == kind, Identity.key == key))


def prefer_identity(identity: Identity, *, by: Person | None) -> None:
    """Make this the first choice among those of its kind: to the primary address mail goes."""
    if identity.primary:
        return
    for one in identity.person.identities:
        if one.kind is identity.kind:
            one.primary = one is identity
    record(identity.person, "identity_preferred", by=by, new=_told(identity))


def remove_identity(identity: Identity, *, by: Person | None) -> None:
    """Take an address away from a person. Raises Conflict for the last one, since nothing would reach him any more."""
    person = identity.person
    others = [one for one in person.identities if one is not identity]
    alike = [one for one in others if one.kind is identity.kind]
    if not (alike if identity.kind is IdentityKind.EMAIL else others):
        raise Conflict(f"This is the last address of {person.name}; give another one first, or block or merge him.")
    if identity.primary and alike:
        alike[0].primary = True
    person.identities.remove(identity)
    record(person, "identity_removed", by=by, old=_told(identity))
    if called_after(person, identity):
        rename_person(person, name_after((alike or others)[0].value), by=by)


def _told(identity: Identity) -> dict[str, str]:
    """Without the address itself, which the log must not keep."""
    return {"uuid": str(identity.uuid), "kind": identity.kind}


def change_email(person: Person, email: str, *, by: Person | None, field: str = "email") -> None:
    """Give a person another primary address. Raises Invalid or Conflict as ``add_identity`` does."""
    if key_of(email) == key_of(person.email or ""):
        return
    identity = add_identity(person, IdentityKind.EMAIL, email, by=by, field=field)
    prefer_identity(identity, by=by)


def replace_identity(person: Person, kind: IdentityKind, value: str, *, by: Person | None, field: str) -> None:
    """Have a person reached there, and no longer where he was by the same kind. Raises as ``add_identity`` does."""
    former = [one for one in person.identities if one.kind is kind and one.primary]
    identity = add_identity(person, kind, value, by=by, field=field)
    prefer_identity(identity, by=by)
    for one in former:
        if one is not identity:
            remove_identity(one, by=by)


def confirm_address(person: Person) -> None:
    """Note that a person has shown that mail to his address reaches him."""
    for one in person.identities:
        if one.value == person.email and one.validated_at is None:
            one.validated_at = now()
