"""Persons and teams of an account, who are made here unless they are here already. What is here stays as it is."""

from collections.abc import Sequence

from sqlalchemy import select

from app.errors import CaseyError, Invalid
from app.extensions import db
from app.people.identities import add_identity, find_or_create_with, person_with
from app.people.models import IdentityKind, Person, Role, Team
from app.people.nameless import LONGEST_NAME
from app.people.persons import create_person, disable_person, find_person
from app.people.teams import create_team
from app.takeover.models import local_id, note

PERSON, TEAM = "person", "group"

Contacts = Sequence[tuple[IdentityKind, str]]


def member_with(email: str, name: str) -> tuple[Person, bool]:
    """One of the team, and whether he is new. Who is new here is disabled: who may act is decided here."""
    person = find_person(email)
    if person is not None:
        return person, False
    person = create_person(name[:LONGEST_NAME], email, role=Role.COLLABORATOR, by=None)
    disable_person(person, by=None)
    return person, True


def customer_with(contacts: Contacts, name: str) -> tuple[Person, bool]:
    """The person with one of these contacts, and whether he is new. He has all of them from now on, unless he is of the
    team: whose mail counts as a member's is decided here. Raises Invalid.
    """
    new = all(person_with(kind, value) is None for kind, value in contacts)
    person: Person | None = None
    for kind, value in contacts:
        try:
            if person is None:
                person = find_or_create_with(kind, value, name[:LONGEST_NAME], field="user")
            elif not person.team:
                add_identity(person, kind, value, by=None)
        except CaseyError:
            continue  # a contact that is no good, or somebody else's, is left out; the others are kept
    if person is None:
        raise Invalid("None of the contacts can be taken over.")
    return person, new


def take_team(takeover_id: int, number: int, name: str) -> bool:
    """A team. One of the same name is the same team. Says whether it is new."""
    if local_id(takeover_id, TEAM, number) is not None:
        return False
    name = name[:LONGEST_NAME]
    team = db.session.scalar(select(Team).where(Team.name == name))
    new = team is None
    if team is None:
        team = create_team(name, {}, by=None)
    db.session.flush()
    note(takeover_id, TEAM, number, team.id)
    return new
