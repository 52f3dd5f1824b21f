"""Persons."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.persons import Linking, Merging, NewPerson, PersonChange
from app.api.casey.views.definitions import WholePerson, whole_person
from app.api.casey.views.lists import PERSON_LIST
from app.api.naming import named
from app.api.ranks import check_rank, check_somebody_else
from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fill_fields
from app.errors import Invalid
from app.people.access import Act
from app.people.identities import change_email
from app.people.linking import link_persons, unlink_persons
from app.people.merging import merge_persons
from app.people.models import Person, Role
from app.people.organizations import organization_by_uuid
from app.people.persons import (
    block_person,
    change_role,
    create_person,
    disable_person,
    enable_person,
    person_by_uuid,
    rename_person,
    unblock_person,
)
from app.people.profile import MEMBERS, describe_person, join_organization


@route("/persons", "POST", Act.CHANGE_PERSONS, takes=NewPerson, answers=WholePerson, status=201)
def create(new: Json) -> Answer:
    """Make a person; ``team`` true makes an agent unless a role is given."""
    role = _allowed(_role(new, Role.CUSTOMER))
    person = create_person(new["name"], new["email"], role=role, by=caller().person)
    _describe(person, new)
    return whole_person(person)


def _role(given: Json, present: Role) -> Role:
    """The role that ``team`` and ``role`` together mean. Raises Invalid when they contradict each other."""
    team, role = given.get("team"), given.get("role")
    if isinstance(role, Role):
        if team is not None and team is not (role is not Role.CUSTOMER):
            raise Invalid(f"The role {role} does not go with team {str(team).lower()}.", field="role")
        return role
    if team is None or team is (present is not Role.CUSTOMER):
        return present
    return Role.AGENT if team else Role.CUSTOMER


def _allowed(role: Role) -> Role:
    check_rank(role)
    return role


def _describe(person: Person, new: Json) -> None:
    by = caller().person
    describe_person(person, {name: new[name] for name in MEMBERS if name in new}, by=by)
    if "organization" in new:
        join_organization(person, named(new["organization"], organization_by_uuid, field="organization"), by=by)


@route("/persons", "GET", Act.READ_PERSONS, asks=PERSON_LIST.asks, answers=PERSON_LIST.answers)
def index(asked: Json) -> Answer:
    """Persons from the oldest on, or as they are asked for."""
    return PERSON_LIST.answer(asked)


@route("/persons/<uuid:uuid>", "GET", Act.READ_PERSONS, answers=WholePerson)
def show(uuid: UUID) -> Answer:
    """One person; of one who was merged, who he is now."""
    return whole_person(person_by_uuid(uuid))


@route("/persons/<uuid:uuid>", "PATCH", Act.CHANGE_PERSONS, takes=PersonChange, answers=WholePerson)
def change(uuid: UUID, new: Json) -> Answer:
    """Change what is said of a person, or disable him."""
    person = person_for_change(uuid)
    _change(person, new)
    return whole_person(person)


def person_for_change(uuid: UUID) -> Person:
    """Raises NotFound, or Forbidden for somebody with a higher role than the key that asks."""
    person = person_by_uuid(uuid)
    _allowed(person.role)
    return person


def _change(person: Person, new: Json) -> None:
    by = caller().person
    if "name" in new:
        rename_person(person, new["name"], by=by)
    if "email" in new:
        change_email(person, new["email"], by=by)
    if "disabled" in new:
        _set_disabled(person, disabled=new["disabled"])
    _describe(person, new)
    fill_fields(FieldLevel.PERSON, person, new.get("custom_fields", {}), by=by)
    change_role(person, _allowed(_role(new, person.role)), by=by)


def _set_disabled(person: Person, *, disabled: bool) -> None:
    by = caller().person
    if not disabled:
        enable_person(person, by=by)
        return
    check_somebody_else(person, "disable", field="disabled")
    disable_person(person, by=by)


@route("/persons/<uuid:uuid>/block", "POST", Act.CHANGE_PERSONS, answers=WholePerson)
def block(uuid: UUID) -> Answer:
    """Have nothing more to do with a person: nothing he writes is taken, and nothing is sent to him."""
    person = person_for_change(uuid)
    check_somebody_else(person, "block")
    block_person(person, by=caller().person)
    return whole_person(person)


@route("/persons/<uuid:uuid>/unblock", "POST", Act.CHANGE_PERSONS, answers=WholePerson)
def unblock(uuid: UUID) -> Answer:
    """Let a blocked person write and be written to again."""
    person = person_for_change(uuid)
    unblock_person(person, by=caller().person)
    return whole_person(person)


@route("/persons/<uuid:uuid>/link", "POST", Act.CHANGE_PERSONS, takes=Linking, answers=WholePerson)
def link(uuid: UUID, new: Json) -> Answer:
    """Say that two persons belong together. Each stays what he is, and so do his cases."""
    person, other = _two(uuid, new)
    link_persons(person, other, by=caller().person)
    return whole_person(person)


@route("/persons/<uuid:uuid>/unlink", "POST", Act.CHANGE_PERSONS, takes=Linking, answers=WholePerson)
def unlink(uuid: UUID, new: Json) -> Answer:
    """Say that two persons do not belong together."""
    person, other = _two(uuid, new)
    unlink_persons(person, other, by=caller().person)
    return whole_person(person)


def _two(uuid: UUID, new: Json) -> tuple[Person, Person]:
    return person_for_change(uuid), named(new["person"], person_for_change, field="person")


@route("/persons/<uuid:uuid>/merge", "POST", Act.CHANGE_PERSONS, takes=Merging, answers=WholePerson)
def merge(uuid: UUID, new: Json) -> Answer:
    """Let a person go up in another one, who is the answer."""
    into = named(new["into"], person_by_uuid, field="into")
    _allowed(into.role)
    merge_persons(person_for_change(uuid), into, by=caller().person)
    return whole_person(into)
