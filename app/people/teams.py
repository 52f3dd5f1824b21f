"""Teams: groups of members of the team, who can be asked together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.listing.numbered import Counted, Stretch, counted
from app.people.models import Person, Team
from app.people.wording import one_line

MOST_MEMBERS = MOST_CHOSEN = 500
LONGEST_NAME = 200


def team_by_uuid(uuid: UUID) -> Team:
    """Raises NotFound."""
    team = db.session.scalar(select(Team).where(Team.uuid == uuid, Team.deleted_at.is_(None)))
    if team is None:
        raise NotFound("There is no such team.")
    return team


def team_by_id(number: int) -> Team:
    """Raises NotFound."""
    team = db.session.get(Team, number)
    if team is None or team.deleted_at:
        raise NotFound("There is no team with this id.")
    return team


def team_numbered(number: int, *, field: str) -> Team:
    """The team with this id. Raises Invalid, naming the field."""
    team = db.session.get(Team, number)
    if team is None or team.deleted_at:
        raise Invalid("There is no team with this id.", field=field)
    return team


def team_named(name: str) -> Team:
    """Raises Invalid when there is none of this name."""
    team = db.session.scalar(select(Team).where(Team.name == name, Team.deleted_at.is_(None)))
    if team is None:
        raise Invalid("There is no team of this name. Make it first.", field="team")
    return team


def teams_page(*, after: int, limit: int) -> list[Team]:
    """Teams in the order of their ids, those that are no longer in use too."""
    query = select(Team).where(Team.id > after, Team.deleted_at.is_(None)).order_by(Team.id).limit(limit)
    return list(db.session.scalars(query.options(selectinload(Team.members))))


def teams_in_use() -> list[Team]:
    """Those that cases can be given to, by name."""
    query = select(Team).where(Team.disabled_at.is_(None), Team.deleted_at.is_(None))
    return list(db.session.scalars(query.order_by(Team.name).limit(MOST_CHOSEN)))


def numbered_teams(page: Stretch) -> Counted[Team]:
    """The same by the number of the page, without their members."""
    return counted(select(Team).where(Team.deleted_at.is_(None)).order_by(Team.id), page)


def create_team(name: str, more: Mapping[str, Any], *, by: Person | None) -> Team:
    """Make a team. Raises Invalid, or Conflict for a name or an ``external_id`` that is taken."""
    team = Team(external_id=None, from_name="", signature="")
    _apply(team, {"name": name, **more})
    db.session.add(team)
    record(team, "team_created", by=by, new=_told(team))
    return team


def change_team(team: Team, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change any of ``name``, ``external_id``, ``from_name`` and ``signature``. Raises as ``create_team`` does."""
    before = _told(team)
    _apply(team, changes)
    new = {name: value for name, value in _told(team).items() if before[name] != value}
    if new:
        record(team, "team_changed", by=by, old={name: before[name] for name in new}, new=new)


def disable_team(team: Team, *, by: Person | None) -> None:
    """Use a team no longer: no case is assigned to it from now on."""
    if team.disabled_at is None:
        team.disabled_at = now()
        record(team, "team_disabled", by=by)


def enable_team(team: Team, *, by: Person | None) -> None:
    """Use a team again."""
    if team.disabled_at is not None:
        team.disabled_at = None
        record(team, "team_enabled", by=by)


def delete_team(team: Team, *, by: Person | None) -> None:
    """Let there be a team no longer. Cases of the past keep it; its name is free for another one."""
    record(team, "team_deleted", by=by, old=_told(team))
    team.deleted_at, team.external_id, team.members = now(), None, []
    ending = f" (deleted {team.id})"
    team.name = team.name[: LONGEST_NAME - len(ending)] + ending


def add_member(team: Team, person: Person, *, by: Person | None) -> None:
    """Let a person belong to a team; who does already stays. Raises Invalid for a customer, Conflict for a full one."""
    if not person.team:
        raise Invalid("Only somebody whose role is above customer can belong to a team.", field="person")
    if person in team.members:
        return
    if len(team.members) >= MOST_MEMBERS:
        raise Conflict(f"A team has at most {MOST_MEMBERS} members.")
    team.members.append(person)
    record(team, "team_member_added", by=by, new=str(person.uuid))


def remove_member(team: Team, person: Person, *, by: Person | None) -> None:
    """Take a person out of a team. Who is not in it stays so."""
    if person in team.members:
        team.members.remove(person)
        record(team, "team_member_removed", by=by, old=str(person.uuid))


def _told(team: Team) -> dict[str, Any]:
    return {name: getattr(team, name) for name in ("name", "external_id", "from_name", "signature")}


def _apply(team: Team, changes: Mapping[str, Any]) -> None:
    wanted = {name: value if name == "signature" else _line(name, value) for name, value in changes.items()}
    _check_free(team, {name: value for name, value in wanted.items() if value and name in ("name", "external_id")})
    for name, value in wanted.items():
        setattr(team, name, value)


def _line(name: str, value: str | None) -> str | None:
    return None if value is None else one_line(value, field=name)


def _check_free(team: Team, wanted: Mapping[str, str]) -> None:
    for field, value in wanted.items():
        query = select(Team).where(getattr(Team, field) == value, Team.id.is_distinct_from(team.id))
        with db.session.no_autoflush:
            owner = db.session.scalar(query)
        if owner is not None:
            raise Conflict(f"Another team has the {_SPOKEN[field]} {value} already.", field=field, team=str(owner.uuid))


_SPOKEN = {"name": "name", "external_id": "id"}
