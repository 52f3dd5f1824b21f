"""Users as Deskie's words speak of them: found, made, changed, and linked. Staff are no users."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.api.deskie.custom_fields import read_fields
from app.api.deskie.errors import EmailExists, PhoneAlreadyExist, UserNotFound, WrongEmail
from app.api.deskie.ids import id_in, told_as
from app.api.deskie.languages import language_code
from app.api.deskie.words import CONTACTS
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fill_fields
from app.errors import Conflict, Invalid
from app.people.companies import organization_called
from app.people.customers import customer_numbered
from app.people.identities import add_identity, create_customer, person_with, replace_identity
from app.people.models import IdentityKind, Person
from app.people.persons import rename_person
from app.people.profile import describe_person, join_organization

CHANNEL = re.compile(r"cch[0-9]+", re.ASCII)
TAKEN = {"user_email": EmailExists, "user_phone": PhoneAlreadyExist}
CONFIRMED = "This user has confirmed his e-mail address, which is not changed any more."
LINKED_BY = {"user_email": IdentityKind.EMAIL, "user_phone": IdentityKind.PHONE}

Json = dict[str, Any]
Reach = Callable[[IdentityKind, str, str], object]


def user_named(user: str) -> Person:
    """The user with this id. Raises UserNotFound, also for a staff member."""
    with told_as(UserNotFound, "There is no user with this id."):
        return customer_numbered(id_in(user))


def contacts_in(new: Mapping[str, Any]) -> list[tuple[IdentityKind, str, str]]:
    """Where a user is to be reached: the kind, the value, and the field that says so. An empty text says nothing."""
    return [(kind, _contact(kind, new, name), name) for name, kind in CONTACTS.items() if new.get(name)]


def _contact(kind: IdentityKind, new: Mapping[str, Any], name: str) -> str:
    """A contact; ids of a custom channel are unique within the channel alone."""
    channel = new.get("user_custom_channel") or ""
    return f"{channel}:{new[name]}" if kind is IdentityKind.CUSTOM and CHANNEL.fullmatch(channel) else str(new[name])


@contextmanager
def _as_the_vendor_says() -> Iterator[None]:
    """What is wrong with a contact, under the code that the vendor has for it."""
    try:
        yield
    except (Conflict, Invalid) as error:
        field = next(iter(error.fields), "")
        if isinstance(error, Conflict) and field in TAKEN:
            raise TAKEN[field](error.message, field=field) from None
        if isinstance(error, Invalid) and field == "user_email":
            raise WrongEmail(error.message, field=field) from None
        raise


def made(new: Json, *, by: Person | None) -> Person:
    """Make a user, who is reached wherever it is said. Raises Invalid, or Conflict for what is somebody else's."""
    contacts = contacts_in(new)
    if not contacts:
        raise Invalid("This field is required: an e-mail address, or another contact of the user.", field="user_email")
    (kind, value, field), *others = contacts
    with _as_the_vendor_says():
        person = create_customer(kind, value, new.get("user_full_name", ""), by=by, field=field)
        for kind, value, field in others:
            add_identity(person, kind, value, by=by, field=field)
    _describe(person, new, by)
    return person


def changed(person: Person, new: Json, *, by: Person | None) -> None:
    """Change what is said of a user, and where he is reached. Raises as ``made`` does."""
    if new.get("user_full_name"):
        rename_person(person, new["user_full_name"], by=by)
    with _as_the_vendor_says():
        for kind, value, field in contacts_in(new):
            _check_unconfirmed(person, kind, value)
            replace_identity(person, kind, value, by=by, field=field)
    _describe(person, new, by)


def _check_unconfirmed(person: Person, kind: IdentityKind, value: str) -> None:
    if kind is IdentityKind.EMAIL and confirmed(person) and value.lower() != (person.email or "").lower():
        raise WrongEmail(CONFIRMED, field="user_email")


def confirmed(person: Person) -> bool:
    """Whether a user has shown that mail to his address reaches him."""
    return any(one.validated_at for one in person.identities if one.value == person.email)


def _describe(person: Person, new: Json, by: Person | None) -> None:
    facts: Json = {}
    if "company_position" in new:
        facts["designation"] = new["company_position"]
    if "user_note" in new:
        facts["note"] = new["user_note"]
    if "language_id" in new:
        facts["language"] = language_code(new["language_id"])
    describe_person(person, facts, by=by)
    if "company_name" in new:
        name = new["company_name"].strip()
        join_organization(person, organization_called(name, by=by) if name else None, by=by)
    fill_fields(FieldLevel.PERSON, person, read_fields(FieldLevel.PERSON, new.get("custom_fields", {})), by=by)


def another(new: Json) -> Person:
    """The user whom a body names by his id or a contact. Raises Invalid when there is none."""
    if new.get("user_id"):
        return _known(user_named(str(new["user_id"])), "user_id")
    for field, kind in LINKED_BY.items():
        if new.get(field):
            return _known(person_with(kind, new[field]), field)
    raise Invalid("This field is required, or user_email or user_phone in its place.", field="user_id")


def _known(person: Person | None, field: str) -> Person:
    if person is None or person.team:
        raise UserNotFound("There is no such user.", field=field)
    return person
