"""Whether teams can be reached at this moment: whether they work now, and whether there is anybody in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select

from app.clock import now
from app.extensions import db
from app.people.models import Person, Team, TeamMember
from app.sla.models import BusinessHours
from app.sla.opening_times import working_time

A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Availability:
    """How many active members a team has, and whether it works now: in its own hours, else in those of the house."""

    team: Team
    members: int
    works: bool

    @property
    def available(self) -> bool:
        """Whether somebody may be there."""
        return self.works and self.members > 0 and self.team.disabled_at is None


def availability_of(teams: Sequence[Team]) -> list[Availability]:
    """The same of each of these teams, in two questions."""
    members = _members(teams)
    working, house = _working(teams)
    return [Availability(one, members.get(one.id, 0), working.get(one.business_hours_id or 0, house)) for one in teams]


def _members(teams: Sequence[Team]) -> dict[int, int]:
    active = Person.disabled_at.is_(None), Person.blocked_at.is_(None), Person.deleted_at.is_(None)
    query = select(TeamMember.team_id, func.count()).join(Person, Person.id == TeamMember.person_id)
    query = query.where(TeamMember.team_id.in_([one.id for one in teams]), *active).group_by(TeamMember.team_id)
    return {team: count for team, count in db.session.execute(query)}  # noqa: C416 - rows are no pairs


def _working(teams: Sequence[Team]) -> tuple[dict[int, bool], bool]:
    """Which hours are on now, by their ids, and whether those of the house are; a house without hours always works."""
    own = BusinessHours.id.in_({one.business_hours_id for one in teams if one.business_hours_id})
    found = db.session.scalars(select(BusinessHours).where(or_(own, BusinessHours.is_default))).all()
    at = now()
    working = {one.id: working_time(one).between(at, at + A_MOMENT) > 0 for one in found}
    house = next((working[one.id] for one in found if one.is_default), True)
    return working, house
