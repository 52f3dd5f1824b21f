"""Everybody, customers and team alike: somebody by his number, and pages of them from the newest back."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.errors import NotFound
from app.extensions import db
from app.listing.filters import Condition
from app.listing.numbered import Counted, Stretch, counted
from app.people.models import Person, Role, TeamMember


def somebody_numbered(number: int) -> Person:
    """The person with this id; of one who was merged, who he is now. Raises NotFound."""
    person = db.session.get(Person, number)
    person = person.merged_into or person if person else None
    if person is None or person.deleted_at:
        raise NotFound("There is nobody with this id.")
    return person


def whoever(ids: Collection[int]) -> dict[int, Person]:
    """The persons with these ids, and where they are reached, in one statement: those who are gone, too."""
    query = select(Person).where(Person.id.in_(ids)).options(joinedload(Person.identities))
    return {one.id: one for one in db.session.scalars(query).unique()}


def everybody(conditions: Sequence[Condition], page: Stretch) -> Counted[Person]:
    """Whoever is there and fits all conditions, from the newest back."""
    return counted(select(Person).where(Person.deleted_at.is_(None), *conditions).order_by(Person.id.desc()), page)


def being(roles: Iterable[Role]) -> Condition:
    """Who has one of these roles."""
    return Person.role.in_(roles)


def numbered(ids: Iterable[int]) -> Condition:
    """Who has one of these ids."""
    return Person.id.in_(ids)


def known_as(external_ids: Iterable[str]) -> Condition:
    """Who has one of these ids in a system of the integrator's own."""
    return Person.external_id.in_(external_ids)


def in_teams(teams: Iterable[int]) -> Condition:
    """Who belongs to one of these teams."""
    return Person.id.in_(select(TeamMember.person_id).where(TeamMember.team_id.in_(teams)))


def enabled(*, whether: bool) -> Condition:
    """Who is not disabled, or who is."""
    return Person.disabled_at.is_(None) if whether else Person.disabled_at.is_not(None)
