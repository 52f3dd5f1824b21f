"""Persons."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.persons import NewPerson, PersonChange
from app.api.casey.views.lists import PERSON_LIST
from app.api.casey.views.persons import PersonAnswer, person_view
from app.errors import Conflict, Forbidden, Invalid
from app.people.access import Act
from app.people.models import Person, Role
from app.people.persons import (
    change_email,
    change_role,
    create_person,
    disable_person,
    enable_person,
    person_by_uuid,
    rename_person,
)


@route("/persons", "POST", Act.CHANGE_PERSONS, takes=NewPerson, answers=PersonAnswer, status=201)
def create(new: Json) -> Answer:
    """Make a person; ``team`` true makes an agent unless a role is given."""
    role = _allowed(_role(new, Role.CUSTOMER))
    return person_view(create_person(new["name"], new["email"], role=role, by=caller().person))


def _role(given: dict[str, object], present: Role) -> Role:
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
    mine = caller().power
    if role.rank > mine.rank:
        raise Forbidden(f"A key with the role {mine} cannot give the role {role}.", field="role")
    return role


@route("/persons", "GET", Act.READ_PERSONS, asks=PERSON_LIST.asks, answers=PERSON_LIST.answers)
def index(asked: Json) -> Answer:
    """Persons from the oldest on, or as they are asked for."""
    return PERSON_LIST.answer(asked)


@route("/persons/<uuid:uuid>", "GET", Act.READ_PERSONS, answers=PersonAnswer)
def show(uuid: UUID) -> Answer:
    """One person."""
    return person_view(person_by_uuid(uuid))


@route("/persons/<uuid:uuid>", "PATCH", Act.CHANGE_PERSONS, takes=PersonChange, answers=PersonAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change a person's name, address or role, or disable him."""
    person = person_by_uuid(uuid)
    _allowed(person.role)
    _change(person, new)
    return person_view(person)


def _change(person: Person, new: dict[str, object]) -> None:
    by = caller().person
    if "name" in new:
        rename_person(person, str(new["name"]), by=by)
    if "email" in new:
        change_email(person, str(new["email"]), by=by)
    if "disabled" in new:
        _set_disabled(person, disabled=bool(new["disabled"]))
    change_role(person, _allowed(_role(new, person.role)), by=by)


def _set_disabled(person: Person, *, disabled: bool) -> None:
    by = caller().person
    if not disabled:
        enable_person(person, by=by)
    elif by is not None and by.id == person.id:
        raise Conflict("Nobody can disable himself with a key of his own.", field="disabled")
    else:
        disable_person(person, by=by)
