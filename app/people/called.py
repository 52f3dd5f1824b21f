"""Who of the team goes by a name, as people say it."""

from sqlalchemy import select

from app.extensions import db
from app.people.models import TEAM_ROLES, Person, Team
from app.people.persons import find_person


def team_called(name: str) -> list[Person | Team]:
    """The active members, and the teams, that somebody can mean: by address, first name, full name, or name of a team.

    Names are compared without case. More than one: it is not clear who is meant.
    """
    if "@" in name:
        found = find_person(name)
        return [found] if found and found.team and found.active else []
    wanted = _folded(name)
    return [
        *(one for one in _members() if wanted in _names(one)),
        *(one for one in _teams() if wanted == _folded(one.name)),
    ]


def _members() -> list[Person]:
    everybody = select(Person).where(Person.role.in_(TEAM_ROLES)).order_by(Person.name, Person.id)
    return [one for one in db.session.scalars(everybody) if one.active]


def _teams() -> list[Team]:
    return list(db.session.scalars(select(Team).where(Team.disabled_at.is_(None), Team.deleted_at.is_(None))))


def _names(person: Person) -> set[str]:
    full = _folded(person.name)
    return {full, full.partition(" ")[0]}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
