"""The cast: una is a customer, ben and amy are the team, olga owns the place, eve is a stranger."""

from dataclasses import dataclass, field
from uuid import UUID

from flask import Flask

from app.people.credentials import create_key
from app.people.models import Person, Role
from app.people.persons import create_person
from app.transaction import transaction

UNA, BEN, AMY, OLGA, EVE = "una@customer.test", "ben@team.test", "amy@team.test", "olga@team.test", "eve@stranger.test"


@dataclass(frozen=True)
class Member:
    """Somebody of the cast, as the outside knows him."""

    id: int
    uuid: UUID
    name: str
    email: str


@dataclass
class Cast:
    """Who is there; eve is known to nobody."""

    una: Member
    ben: Member
    amy: Member
    olga: Member
    keys: dict[str, str] = field(default_factory=dict)


def assemble(app: Flask) -> Cast:
    """Make the cast, and a key for each of the team."""
    with app.app_context(), transaction():
        people = {
            "una": create_person("Una Customer", UNA, by=None),
            "ben": create_person("Ben Foo", BEN, role=Role.AGENT, by=None),
            "amy": create_person("Amy Bar", AMY, role=Role.COLLABORATOR, by=None),
            "olga": create_person("Olga Owner", OLGA, role=Role.OWNER, by=None),
        }
        keys = {name: create_key("tests", one.role, person=one, by=None)[1] for name, one in people.items() if one.team}
        return Cast(**{name: _member(one) for name, one in people.items()}, keys=keys)


def _member(person: Person) -> Member:
    return Member(person.id, person.uuid, person.name, str(person.email))
