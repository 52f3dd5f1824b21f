"""Companies as Deskie's words speak of them: found, made and changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.api.deskie.errors import CompanyNotFound
from app.api.deskie.ids import id_in, number_in, told_as
from app.api.deskie.naming import in_words
from app.errors import Invalid, NotFound
from app.people.companies import let_in, let_out, organization_numbered
from app.people.customers import customer_numbered
from app.people.models import Organization, Person
from app.people.organizations import change_organization, create_organization
from app.people.persons import find_person
from app.people.teams import team_numbered

GROUP = "company_default_group"

Json = dict[str, Any]

# What is called otherwise here.
SAID: Mapping[str, str] = {
    "company_name": "name",
    "company_address": "address",
    "company_note": "note",
    "company_domains": "domains",
}
NAMES = {**SAID, GROUP: "default_team"}


def company_named(company: str) -> Organization:
    """The company with this id. Raises CompanyNotFound."""
    with told_as(CompanyNotFound, "There is no company with this id."):
        return organization_numbered(id_in(company))


def made(new: Json, *, by: Person | None) -> Organization:
    """Make a company, with those of its users who are known."""
    people = _users(new, "company_users")
    facts = _facts(new)
    with in_words(NAMES):
        company = create_organization(facts.pop("name"), facts, by=by)
    let_in(company, people, by=by)
    return company


def changed(company: Organization, new: Json, *, by: Person | None) -> None:
    """Change what is said of a company, its domains and its users."""
    coming, going = _users(new, "add_company_users"), _users(new, "remove_company_users")
    with in_words(NAMES):
        change_organization(company, _facts(new) | _domains(company, new), by=by)
    let_in(company, coming, by=by)
    let_out(company, going, by=by)


def _facts(new: Json) -> Json:
    found = {word: new[name] for name, word in SAID.items() if name in new}
    if GROUP in new:
        found["default_team"] = team_numbered(new[GROUP], field=GROUP) if new[GROUP] else None
    return found


def _domains(company: Organization, new: Json) -> Json:
    """All that it has from now on, if some come or go."""
    if not new.keys() & {"add_company_domains", "remove_company_domains"}:
        return {}
    present = new.get("company_domains", [one.domain for one in company.domains])
    going = {one.lower() for one in new.get("remove_company_domains", ())}
    wanted = [*present, *new.get("add_company_domains", ())]
    return {"domains": [one for one in wanted if one.lower() not in going]}


def _users(new: Json, field: str) -> list[Person]:
    """The users whom a list names by their ids or addresses. Raises Invalid for one who is not there."""
    return [_user(one, field) for one in _once(new.get(field, ()))]


def _once(given: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(given))


def _user(given: str, field: str) -> Person:
    number = number_in(given)
    try:
        person = customer_numbered(number) if number is not None else find_person(given)
    except NotFound:
        person = None
    if person is None or person.team:
        raise Invalid(f"There is no user {given}. Make him first.", field=field)
    return person
