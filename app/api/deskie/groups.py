"""Groups: the teams of staff."""

from app.api.auth import caller
from app.api.deskie.errors import GroupNotFound
from app.api.deskie.ids import id_in, told_as
from app.api.deskie.naming import in_words
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.groups import GroupChange, GroupReplaced, NewGroup
from app.api.deskie.schemas.pages import Paged, page_asked
from app.api.deskie.views.groups import GroupList, OneGroup, group_row, one_group
from app.api.deskie.views.shapes import Shape, numbered
from app.bulk.handing_over import remove_team, retire_team
from app.people.access import Act
from app.people.models import Team
from app.people.teams import change_team, create_team, enable_team, numbered_teams, team_by_id, team_numbered

GROUP = ("group",)
ONE = "/groups/<group>"
FACTS = {"group_title": "name", "group_from_name": "from_name", "group_signature": "signature"}
REPLACED = "replace_group_id"


@route("/groups.json", "GET", Act.READ_PERSONS, asks=Paged, answers=GroupList)
def index(asked: Json) -> Answer:
    """Groups, those that are disabled too."""
    found = numbered_teams(page_asked(asked))
    return numbered("group", map(group_row, found.rows), found.total)


@route("/groups.json", "POST", Act.CHANGE_TEAMS, takes=NewGroup, inside=GROUP, answers=OneGroup, status=201)
def create(new: Json) -> Answer:
    """Make a group."""
    said = _facts(new)
    with in_words(FACTS):
        return one_group(create_team(said.pop("name"), said, by=caller().person))


def _facts(new: Json) -> Json:
    return {ours: new[theirs] or "" for theirs, ours in FACTS.items() if theirs in new}


@route(f"{ONE}.json", "GET", Act.READ_PERSONS, answers=OneGroup)
def show(group: str) -> Answer:
    """One group."""
    return one_group(_team(group))


def _team(part: str) -> Team:
    with told_as(GroupNotFound, "There is no group with this id."):
        return team_by_id(id_in(part))


@route(f"{ONE}.json", "PUT", Act.CHANGE_TEAMS, takes=GroupChange, inside=GROUP, answers=OneGroup)
def update(group: str, new: Json) -> Answer:
    """Change what is said of a group."""
    team = _team(group)
    with in_words(FACTS):
        change_team(team, _facts(new), by=caller().person)
    return one_group(team)


@route(f"{ONE}/enable.json", "PUT", Act.CHANGE_TEAMS, answers=OneGroup)
def enable(group: str) -> Answer:
    """Use a group again. The cases that were handed over stay where they are."""
    team = _team(group)
    enable_team(team, by=caller().person)
    return one_group(team)


@route(f"{ONE}/disable.json", "PUT", Act.CHANGE_TEAMS, takes=GroupReplaced, inside=GROUP, answers=OneGroup)
def disable(group: str, new: Json) -> Answer:
    """Use a group no longer. A job hands its cases over to the other one."""
    team = _team(group)
    retire_team(team, _replacement(new), by=caller().person, field=REPLACED)
    return one_group(team)


@route(f"{ONE}.json", "DELETE", Act.CHANGE_TEAMS, takes=GroupReplaced, inside=GROUP, answers=Shape)
def delete(group: str, new: Json) -> Answer:
    """Let there be a group no longer. A job hands its cases over to the other one."""
    remove_team(_team(group), _replacement(new), by=caller().person, field=REPLACED)
    return {}


def _replacement(new: Json) -> Team:
    return team_numbered(new[REPLACED], field=REPLACED)
