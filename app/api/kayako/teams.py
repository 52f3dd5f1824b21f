"""Teams."""

from app.api.auth import caller
from app.api.kayako.asking import users_asked
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.errors import AnyRequired
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.people import under_their_names
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.people import GoneMembers, Named, NewMembers, NewTeam, TeamChange
from app.api.kayako.schemas.users import Known, Members
from app.api.kayako.views.teams import AVAILABILITY, TEAM
from app.api.kayako.views.users import USER
from app.bulk.handing_over import release_team
from app.people.access import Act
from app.people.everybody import everybody
from app.people.memberships import sized, sized_teams_page, teams_known_as
from app.people.models import Team
from app.people.persons import person_numbered
from app.people.teams import add_member, change_team, create_team, remove_member, team_by_id
from app.sla.availability import availability_of

SCOPE = "users"
FACTS = {"title": "name", "legacy_id": "external_id"}


@route("/teams", "GET", Act.READ_PERSONS, asks=Known, shows=TEAM, many=True, scope=SCOPE)
def index(asked: Json) -> Answer:
    """Teams from the oldest on, or those that are asked for."""
    page = Offset.asked(asked)
    conditions = [teams_known_as(asked["legacy_ids"])] if "legacy_ids" in asked else []
    found = sized_teams_page(conditions, page)
    return Many(TEAM, found.rows, found.total, page)


@route("/teams/availability", "GET", Act.READ_PERSONS, asks=Paged, shows=AVAILABILITY, many=True, scope=SCOPE)
def availability(asked: Json) -> Answer:
    """Whether each team works at this moment, and how many there are in it."""
    page = Offset.asked(asked)
    found = sized_teams_page([], page)
    return Many(AVAILABILITY, availability_of([one.team for one in found.rows]), found.total, page)


@route("/teams/<team>", "GET", Act.READ_PERSONS, shows=TEAM, scope=SCOPE)
def show(team: str) -> Answer:
    """One team."""
    return One(TEAM, sized(team_at(team)))


@route("/teams", "POST", Act.CHANGE_TEAMS, takes=NewTeam, shows=TEAM, status=201, scope=SCOPE)
def create(new: Json) -> Answer:
    """Make a team."""
    said = _facts(new)
    with under_their_names():
        team = create_team(said.pop("name"), said, by=caller().person)
    return One(TEAM, sized(team))


def _facts(new: Json) -> Json:
    return {ours: new[theirs] or None for theirs, ours in FACTS.items() if theirs in new}


@route("/teams/<team>", "PUT", Act.CHANGE_TEAMS, takes=TeamChange, shows=TEAM, scope=SCOPE)
def update(team: str, new: Json) -> Answer:
    """Change what is said of a team."""
    found = team_at(team)
    with under_their_names():
        change_team(found, _facts(new), by=caller().person)
    return One(TEAM, sized(found))


@route("/teams/<team>", "DELETE", Act.CHANGE_TEAMS, scope=SCOPE)
def delete(team: str) -> Answer:
    """Let there be a team no longer. A job takes its open cases from it."""
    release_team(team_at(team), by=caller().person)
    return Done()


@route("/teams", "DELETE", Act.CHANGE_TEAMS, asks=Named, scope=SCOPE)
def delete_several(asked: Json) -> Answer:
    """The same of several teams, all of them or none."""
    teams = [team_by_id(one) for one in asked["ids"]]
    for team in teams:
        release_team(team, by=caller().person)
    return Done(len(teams))


def team_at(team: str) -> Team:
    """The team with the id that is a part of an address. Raises NotFound."""
    return team_by_id(number_in(team))


@route("/teams/<team>/members", "GET", Act.READ_PERSONS, asks=Members, shows=USER, many=True, scope=SCOPE)
def members(team: str, asked: Json) -> Answer:
    """The members of a team, from the newest back."""
    page = Offset.asked(asked)
    found = everybody(users_asked({**asked, "team": [team_at(team).id]}), page)
    return Many(USER, found.rows, found.total, page)


@route(
    "/teams/<team>/members",
    "POST",
    Act.CHANGE_TEAMS,
    takes=NewMembers,
    shows=USER,
    many=True,
    status=201,
    scope=SCOPE,
)
def add(team: str, new: Json) -> Answer:
    """Let some of the team belong to a team, and show them."""
    found = team_at(team)
    people = [person_numbered(one, field="agent_ids") for one in new["agent_ids"]]
    with under_their_names(person="agent_ids"):
        for person in people:
            add_member(found, person, by=caller().person)
    return Many(USER, people, len(people))


@route("/teams/<team>/members", "DELETE", Act.CHANGE_TEAMS, asks=GoneMembers, scope=SCOPE)
def remove(team: str, asked: Json) -> Answer:
    """Take members out of a team. Who is not in it stays so."""
    found = team_at(team)
    ids = [*asked["agent_ids"], *([asked["agent_id"]] if "agent_id" in asked else [])]
    if not ids:
        raise AnyRequired("agent_id", "agent_ids")
    for one in ids:
        remove_member(found, person_numbered(one, field="agent_ids"), by=caller().person)
    return Done(len(ids) if asked["agent_ids"] else None)
