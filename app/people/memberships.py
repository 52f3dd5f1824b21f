"""Who belongs to which team: of many at once, and as a whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.listing.filters import Condition
from app.listing.numbered import Counted, Stretch, counted
from app.people.models import Person, Team, TeamMember
from app.people.teams import add_member, remove_member

SIZE = select(func.count()).where(TeamMember.team_id == Team.id).scalar_subquery()


@dataclass(frozen=True)
class SizedTeam:
    """A team, and how many members it has."""

    team: Team
    members: int


@dataclass(frozen=True)
class TeamName:
    """What a team is named by where somebody belongs to it."""

    id: int
    external_id: str | None


def teams_of_each(ids: Collection[int]) -> Mapping[int, Sequence[TeamName]]:
    """The teams of each of these persons, by his id."""
    query = select(TeamMember.person_id, Team.id, Team.external_id).join(Team, Team.id == TeamMember.team_id)
    found: dict[int, list[TeamName]] = {id: [] for id in ids}
    for person, id, external_id in db.session.execute(query.where(TeamMember.person_id.in_(ids)).order_by(Team.id)):
        found[person].append(TeamName(id, external_id))
    return found


def sized_teams(ids: Collection[int]) -> dict[int, SizedTeam]:
    """The teams with these ids and how large each is, in one statement: those that are gone, too."""
    found = db.session.execute(select(Team, SIZE).where(Team.id.in_(ids)).order_by(Team.id))
    return {team.id: SizedTeam(team, members) for team, members in found}


def sized_teams_page(conditions: Sequence[Condition], page: Stretch) -> Counted[SizedTeam]:
    """Teams that fit all conditions, in the order of their ids."""
    ids = counted(select(Team.id).where(Team.deleted_at.is_(None), *conditions).order_by(Team.id), page)
    return Counted(list(sized_teams(ids.rows).values()), ids.total)


def teams_known_as(external_ids: Iterable[str]) -> Condition:
    """Teams with one of these ids in a system of the integrator's own."""
    return Team.external_id.in_(external_ids)


def sized(team: Team) -> SizedTeam:
    """The same of one team."""
    return sized_teams([team.id])[team.id]


def belong_to(person: Person, teams: Collection[Team], *, by: Person | None) -> None:
    """Let a person belong to just these teams. Raises Invalid for a customer, Conflict for a full team."""
    present = db.session.scalars(select(Team).join(TeamMember).where(TeamMember.person_id == person.id)).all()
    for team in present:
        if team not in teams:
            remove_member(team, person, by=by)
    for team in teams:
        if team not in present:
            add_member(team, person, by=by)
