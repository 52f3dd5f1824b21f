"""Users as Kayako's words speak of them: made, changed, and let go."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.api.auth import caller, check_allowed
from app.api.kayako.naming import rename
from app.api.kayako.own_fields import read_values
from app.api.kayako.views.roles import ROLES
from app.api.ranks import check_rank, check_somebody_else
from app.bulk.acts import ERASE
from app.bulk.handing_over import release_member
from app.bulk.ordering import order_work
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fill_fields
from app.errors import CaseyError, Invalid, NotFound
from app.people.access import Act
from app.people.companies import organization_numbered
from app.people.memberships import belong_to
from app.people.models import Organization, Person, Role
from app.people.persons import (
    change_role,
    create_person,
    disable_person,
    enable_person,
    rename_person,
    unblock_person,
)
from app.people.profile import describe_person, join_organization
from app.people.teams import team_numbered

# What is called otherwise here.
FACTS: Mapping[str, str] = {
    "legacy_id": "external_id",
    "designation": "designation",
    "signature": "signature",
    "locale": "language",
    "time_zone": "time_zone",
}
NAMES: Mapping[str, str] = {
    **{ours: theirs for theirs, ours in FACTS.items()},
    "person": "team_ids",
    "name": "title",
    "domains": "domains",
}
EMPTY = {"designation", "signature"}

Json = dict[str, Any]


@contextmanager
def under_their_names(**names: str) -> Iterator[None]:
    """What is wrong, under the name that the field has on the wire."""
    try:
        yield
    except CaseyError as error:
        rename(error, {**NAMES, **names})
        raise


def made(new: Json) -> Person:
    """Make a user. Raises Invalid, Conflict for what is somebody else's, Forbidden for a role above the caller's."""
    role = _role(new) or Role.CUSTOMER
    check_rank(role)
    person = create_person(new["full_name"], new["email"], role=role, by=caller().person)
    _describe(person, new)
    return person


def changed(person: Person, new: Json) -> None:
    """Change what is said of a user. Raises as ``made`` does, and Forbidden for somebody above the caller."""
    check_rank(person.role)
    by, role = caller().person, _role(new)
    if "full_name" in new:
        rename_person(person, new["full_name"], by=by)
    if role is not None:
        check_rank(role)
        change_role(person, role, by=by)
    _describe(person, new)


def _role(new: Json) -> Role | None:
    if "role_id" not in new:
        return None
    if new["role_id"] not in ROLES:
        raise Invalid("There is no role with this id. GET /api/v1/roles lists them.", field="role_id")
    return ROLES[new["role_id"]]


def _describe(person: Person, new: Json) -> None:
    by = caller().person
    said = {ours: _fact(ours, new[theirs]) for theirs, ours in FACTS.items() if theirs in new}
    with under_their_names():
        describe_person(person, said, by=by)
    if "organization_id" in new:
        number = new["organization_id"]
        join_organization(person, organization_named(number) if number else None, by=by)
    if "team_ids" in new:
        _join(person, new["team_ids"])
    if "is_enabled" in new:
        enable(person, whether=new["is_enabled"])
    with under_their_names():
        fill_fields(FieldLevel.PERSON, person, read_values(FieldLevel.PERSON, new.get("field_values") or {}), by=by)


def _fact(name: str, value: str | None) -> str | None:
    """An empty text takes away what was said."""
    return value or ("" if name in EMPTY else None)


def organization_named(number: int) -> Organization:
    """The organization that ``organization_id`` names. Raises Invalid."""
    try:
        return organization_numbered(number)
    except NotFound as error:
        raise Invalid(error.message, field="organization_id") from None


def _join(person: Person, ids: list[int]) -> None:
    check_allowed(caller(), Act.CHANGE_TEAMS)
    teams = [team_numbered(one, field="team_ids") for one in ids]
    with under_their_names():
        belong_to(person, teams, by=caller().person)


def enable(person: Person, *, whether: bool) -> None:
    """Let a user act and be written to, or not. Raises Conflict for the caller himself."""
    by = caller().person
    if whether:
        enable_person(person, by=by)
        unblock_person(person, by=by)
        return
    check_somebody_else(person, "disable", field=None)
    disable_person(person, by=by)


def let_go(person: Person) -> None:
    """Delete a user: one of the team is let go for good, a customer is forgotten by a job.

    Raises Forbidden for somebody above the caller, Conflict for himself.
    """
    check_rank(person.role)
    check_somebody_else(person, "delete")
    by = caller().person
    if person.team and by is not None:
        release_member(person, by=by)
        return
    check_allowed(caller(), Act.PROTECT_PRIVACY)
    disable_person(person, by=by)
    order_work(ERASE, {"person": str(person.uuid), "posts": False}, by=by)
