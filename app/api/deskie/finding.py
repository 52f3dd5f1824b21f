"""Finding what an address or a body names: cases by id or by reference, one or several, and whoever is in them."""

from collections.abc import Mapping
from typing import Any

from app.api.deskie.errors import CaseNotFound, TooManyCases
from app.api.deskie.ids import number_in, told_as
from app.api.deskie.words import CONTACTS
from app.cases.models import Case
from app.cases.queries import case_by_reference, case_numbered, check_not_merged, locked
from app.errors import Invalid
from app.people.identities import find_or_create_with
from app.people.models import IdentityKind, Person
from app.people.persons import person_numbered

MOST_CASES = 10


def case_named(name: str) -> Case:
    """The case with this id or reference. Raises CaseNotFound."""
    number = number_in(name)
    if number is not None:
        with told_as(CaseNotFound, "There is no case with this id."):
            return case_numbered(number)
    found = case_by_reference(name)
    if found is None:
        raise CaseNotFound("There is no case with this id or number.")
    return found


def case_to_change(name: str) -> Case:
    """The same, for whoever changes it. Raises CaseNotFound, Conflict for a merged one."""
    case = locked(case_named(name))
    check_not_merged(case)
    return case


def names_in(cases: str) -> list[str]:
    """The cases that an address names, with commas between them, each once. Raises TooManyCases."""
    names = list(dict.fromkeys(one.strip() for one in cases.split(",") if one.strip()))
    if not names:
        raise CaseNotFound("The address must name a case by its id or number.")
    if len(names) > MOST_CASES:
        raise TooManyCases(f"At most {MOST_CASES} cases can be changed in one call; this one names {len(names)}.")
    return names


def staff_numbered(number: int, *, field: str) -> Person:
    """Somebody of the team. Raises Invalid, naming the field."""
    person = person_numbered(number, field=field)
    if not person.team:
        raise Invalid(f"{number} is the id of a user, and not of a staff member.", field=field)
    return person


def user_of(given: Mapping[str, Any]) -> Person:
    """The user with the contact that is given; a new one when there is none. Raises Invalid."""
    for name, kind in CONTACTS.items():
        if given.get(name):
            return find_or_create_with(kind, _value(kind, given, name), given.get("user_full_name", ""), field=name)
    raise Invalid("This field is required: an e-mail address, or another contact of the user.", field="user_email")


def _value(kind: IdentityKind, given: Mapping[str, Any], name: str) -> str:
    """A contact; ids of a custom channel are unique within the channel alone."""
    channel = given.get("user_custom_channel") or given.get("channel") or ""
    value: str = given[name]
    return f"{channel}:{value}" if kind is IdentityKind.CUSTOM and channel.startswith("cch") else value
