"""Replacing a member or a team: somebody else answers for what is not done yet."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.persons import person_for_change
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.replacing import MemberReplaced, TeamReplaced
from app.api.casey.views.bulk import JobAnswer, job_view
from app.api.naming import named
from app.bulk.handing_over import replace_member, replace_team
from app.people.access import Act
from app.people.persons import person_by_uuid
from app.people.teams import team_by_uuid

FIELD = "replacement"


@route(
    "/persons/<uuid:uuid>/replace",
    "POST",
    Act.CHANGE_PERSONS,
    takes=MemberReplaced,
    answers=JobAnswer,
    status=202,
)
def member(uuid: UUID, new: Json) -> Answer:
    """Let somebody else answer for the open cases of a member of the team. The job says how far it is."""
    replacement = named(new[FIELD], person_by_uuid, field=FIELD)
    return job_view(replace_member(person_for_change(uuid), replacement, by=caller().person, field=FIELD))


@route("/teams/<uuid:uuid>/replace", "POST", Act.CHANGE_TEAMS, takes=TeamReplaced, answers=JobAnswer, status=202)
def team(uuid: UUID, new: Json) -> Answer:
    """Let another team answer for the open cases of a team. The job says how far it is."""
    replacement = named(new[FIELD], team_by_uuid, field=FIELD)
    return job_view(replace_team(team_by_uuid(uuid), replacement, by=caller().person, field=FIELD))
