"""Teams."""

from app.api.kayako.asking import users_asked
from app.api.kayako.envelope import Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.users import Known, Members
from app.api.kayako.views.teams import TEAM
from app.api.kayako.views.users import USER
from app.people.access import Act
from app.people.everybody import everybody
from app.people.memberships import sized, sized_teams_page, teams_known_as
from app.people.models import Team
from app.people.teams import team_by_id

SCOPE = "users"


@route("/teams", "GET", Act.READ_PERSONS, asks=Known, shows=TEAM, many=True, scope=SCOPE)
def index(asked: Json) -> Answer:
    """Teams from the oldest on, or those that are asked for."""
    page = Offset.asked(asked)
    conditions = [teams_known_as(asked["legacy_ids"])] if "legacy_ids" in asked else []
    found = sized_teams_page(conditions, page)
    return Many(TEAM, found.rows, found.total, page)


@route("/teams/<team>", "GET", Act.READ_PERSONS, shows=TEAM, scope=SCOPE)
def show(team: str) -> Answer:
    """One team."""
    return One(TEAM, sized(team_at(team)))


def team_at(team: str) -> Team:
    """The team with the id that is a part of an address. Raises NotFound."""
    return team_by_id(number_in(team))


@route("/teams/<team>/members", "GET", Act.READ_PERSONS, asks=Members, shows=USER, many=True, scope=SCOPE)
def members(team: str, asked: Json) -> Answer:
    """The members of a team, from the newest back."""
    page = Offset.asked(asked)
    found = everybody(users_asked({**asked, "team": [team_at(team).id]}), page)
    return Many(USER, found.rows, found.total, page)
