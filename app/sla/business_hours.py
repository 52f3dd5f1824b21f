"""Business hours: when the house works, and a team that has hours of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import func, or_, select

from app.cases.models import Case
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import db
from app.listing.numbered import Counted, Stretch, counted
from app.people.memberships import SIZE
from app.people.models import Person, Team
from app.sla.models import BusinessHours
from app.sla.opening_times import checked_holidays, checked_week, working_time
from app.sla.working_time import AroundTheClock, Time

MOST = 200


def business_hours_page(*, after: int, limit: int) -> list[BusinessHours]:
    """Business hours from the oldest on, from those behind ``after``."""
    query = select(BusinessHours).where(BusinessHours.id > after).order_by(BusinessHours.id).limit(limit)
    return list(db.session.scalars(query))


def numbered_business_hours(page: Stretch) -> Counted[BusinessHours]:
    """The same by the number of the page."""
    return counted(select(BusinessHours).order_by(BusinessHours.id), page)


def hours_by_uuid(uuid: UUID) -> BusinessHours:
    """Raises NotFound."""
    return _found(db.session.scalar(select(BusinessHours).where(BusinessHours.uuid == uuid)))


def _found(hours: BusinessHours | None) -> BusinessHours:
    if hours is None:
        raise NotFound("There are no such business hours.")
    return hours


def hours_numbered(ids: Collection[int]) -> Mapping[int, BusinessHours]:
    """The business hours with these ids, by their ids."""
    found = db.session.scalars(select(BusinessHours).where(BusinessHours.id.in_(ids))) if ids else ()
    return {one.id: one for one in found}


@dataclass(frozen=True)
class TeamAtWork:
    """A team, how many members it has, and the hours of its own."""

    team: Team
    members: int
    hours: BusinessHours | None


def teams_at_work(ids: Collection[int]) -> Mapping[int, TeamAtWork]:
    """The teams with these ids, in one statement: those that are gone, too."""
    query = select(Team, SIZE, BusinessHours).outerjoin(BusinessHours, BusinessHours.id == Team.business_hours_id)
    found = db.session.execute(query.where(Team.id.in_(ids)).order_by(Team.id)) if ids else ()
    return {team.id: TeamAtWork(team, members, hours) for team, members, hours in found}


def working_time_for(case: Case) -> Time:
    """When whoever answers for the case works: his team if it has hours of its own, else the house; else always."""
    own = case.team.business_hours_id if case.team else None
    query = select(BusinessHours).where(or_(BusinessHours.id == own, BusinessHours.is_default))
    hours = db.session.scalars(query.order_by(BusinessHours.id != own).limit(1)).first()
    return working_time(hours) if hours else AroundTheClock()


def create_hours(title: str, told: Mapping[str, Any], *, by: Person | None) -> BusinessHours:
    """Make business hours of ``week``, and perhaps ``time_zone``, ``holidays`` and ``default``. The first are the
    default.

    Raises Invalid, naming the field, for times that cannot be, Conflict when there are too many.
    """
    count = db.session.scalar(select(func.count()).select_from(BusinessHours)) or 0
    if count >= MOST:
        raise Conflict(f"There are {MOST} business hours already; delete some of them first.")
    hours = BusinessHours(time_zone=None, holidays=[])
    _apply(hours, {"title": title, **told})
    _make_default(hours, told.get("default", False) or not count)
    db.session.add(hours)
    record(hours, "business_hours_created", by=by, new=_told(hours))
    return hours


def change_hours(hours: BusinessHours, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change any of what they are made of. It counts for whatever begins, or goes on, from then on.

    Raises Invalid as ``create_hours`` does, Conflict when nobody's would be the default.
    """
    before = _told(hours)
    _apply(hours, changes)
    if changes.get("default", hours.is_default) is not hours.is_default:
        if hours.is_default:
            raise Conflict("Make others the default instead; then these are it no longer.", field="default")
        _make_default(hours, True)
    new = {name: value for name, value in _told(hours).items() if before[name] != value}
    if new:
        record(hours, "business_hours_changed", by=by, old={name: before[name] for name in new}, new=new)
        db.session.flush()  # which says when that was


def delete_hours(hours: BusinessHours, *, by: Person | None) -> None:
    """Let there be these hours no longer; teams that have them work in those of the house.

    Raises Conflict for the default, while there are others.
    """
    if hours.is_default and db.session.scalar(select(BusinessHours.id).where(~BusinessHours.is_default).limit(1)):
        raise Conflict("These are the default. Make others the default first.")
    record(hours, "business_hours_deleted", by=by, old=_told(hours))
    db.session.execute(
        sa.update(Team).where(Team.business_hours_id == hours.id).values(business_hours_id=None),
        execution_options={"synchronize_session": "fetch"},
    )
    db.session.delete(hours)


def give_hours(team: Team, hours: BusinessHours | None, *, by: Person | None) -> None:
    """Let a team work in hours of its own, or in those of the house."""
    if team.business_hours_id != (hours.id if hours else None):
        was, team.business_hours_id = team.business_hours_id, hours.id if hours else None
        old = db.session.get(BusinessHours, was) if was else None
        record(team, "team_changed", by=by, old=_named(old), new=_named(hours))


def _named(hours: BusinessHours | None) -> dict[str, str | None]:
    return {"business_hours": hours.title if hours else None}


def _apply(hours: BusinessHours, told: Mapping[str, Any]) -> None:
    if "title" in told:
        hours.title = told["title"]
    if "time_zone" in told:
        hours.time_zone = told["time_zone"]
    if "week" in told:
        hours.week = checked_week(told["week"])
    if "holidays" in told:
        hours.holidays = checked_holidays(told["holidays"])


def _make_default(hours: BusinessHours, wanted: bool) -> None:
    """There is one default at a time, which the database sees to; so the other goes first."""
    if wanted:
        was = sa.update(BusinessHours).where(BusinessHours.is_default).values(is_default=False)
        with db.session.no_autoflush:
            db.session.execute(was, execution_options={"synchronize_session": "fetch"})
    hours.is_default = wanted


def _told(hours: BusinessHours) -> dict[str, Any]:
    told = {name: getattr(hours, name) for name in ("title", "time_zone", "week", "holidays")}
    return {**told, "default": hours.is_default}
