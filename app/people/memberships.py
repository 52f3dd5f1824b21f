"""Who belongs to which team: of many at once, and as a whole."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, inspect, select
from sqlalchemy.orm.attributes import set_committed_value

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


def with_teams(people: Iterable[Person]) -> None:
    """Load the teams of those who were loaded without, in one statement. Customers have none."""
    bare = {one.id: one for one in people if "teams" not in inspect(one).dict}
    members = [one.id for one in bare.values() if one.team]
    query = select(TeamMember.person_id, Team).join(Team, Team.id == TeamMember.team_id).order_by(Team.id)
    found: dict[int, list[Team]] = {id: [] for id in bare}
    for id, team in db.session.execute(query.where(TeamMember.person_id.in_(members))) if members else ():
        found[id].append(team)
    for id, person in bare.items():
        set_committed_value(person, "teams", found[id])


def sized_teams(ids: Collection[int]) -> dict[int, SizedTeam]:
    """The teams with these ids, and how large each is, in one statement: those that are gone, too."""
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
