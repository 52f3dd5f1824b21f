"""Teams."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.teams import NewMember, NewTeam, TeamChange
from app.api.casey.views.shapes import page, page_of
from app.api.casey.views.teams import TeamAnswer, team_view, team_views
from app.api.naming import named
from app.people.access import Act
from app.people.persons import person_by_uuid
from app.people.teams import (
    add_member,
    change_team,
    create_team,
    disable_team,
    enable_team,
    remove_member,
    team_by_uuid,
    teams_page,
)
from app.sla.business_hours import give_hours, hours_by_uuid
from app.sla.models import BusinessHours


@route("/teams", "POST", Act.CHANGE_TEAMS, takes=NewTeam, answers=TeamAnswer, status=201)
def create(new: Json) -> Answer:
    """Make a team."""
    hours, by = _hours(new), caller().person
    team = create_team(new.pop("name"), new, by=by)
    give_hours(team, hours, by=by)
    return team_view(team)


def _hours(new: Json) -> BusinessHours | None:
    return named(new.pop("business_hours", None), hours_by_uuid, field="business_hours")


@route("/teams", "GET", Act.READ_PERSONS, asks=Page, answers=page_of(TeamAnswer))
def index(asked: Json) -> Answer:
    """Teams from the oldest on, those that are no longer in use too."""
    found = teams_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page(team_views(found), found[-1].id if len(found) == asked["limit"] else None)


@route("/teams/<uuid:uuid>", "GET", Act.READ_PERSONS, answers=TeamAnswer)
def show(uuid: UUID) -> Answer:
    """One team."""
    return team_view(team_by_uuid(uuid))


@route("/teams/<uuid:uuid>", "PATCH", Act.CHANGE_TEAMS, takes=TeamChange, answers=TeamAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change what is said of a team, when it works, or use it no longer."""
    team, by = team_by_uuid(uuid), caller().person
    if "disabled" in new:
        (disable_team if new["disabled"] else enable_team)(team, by=by)
    if "business_hours" in new:
        give_hours(team, _hours(new), by=by)
    change_team(team, {name: value for name, value in new.items() if name != "disabled"}, by=by)
    return team_view(team)


@route("/teams/<uuid:uuid>/members", "POST", Act.CHANGE_TEAMS, takes=NewMember, answers=TeamAnswer)
def add(uuid: UUID, new: Json) -> Answer:
    """Let a person belong to a team. Who does already stays."""
    team = team_by_uuid(uuid)
    add_member(team, named(new["person"], person_by_uuid, field="person"), by=caller().person)
    return team_view(team)


@route("/teams/<uuid:uuid>/members/<uuid:person>", "DELETE", Act.CHANGE_TEAMS, answers=TeamAnswer)
def remove(uuid: UUID, person: UUID) -> Answer:
    """Take a person out of a team. Who is not in it stays so."""
    team = team_by_uuid(uuid)
    remove_member(team, person_by_uuid(person), by=caller().person)
    return team_view(team)
