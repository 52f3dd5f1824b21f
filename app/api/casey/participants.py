"""Who is in a case."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.persons import NewParticipant
from app.api.casey.views.cases import CaseAnswer, case_view
from app.cases.leaving import remove_participant
from app.cases.muting import mute_participant, unmute_participant
from app.cases.participation import add_participant
from app.cases.queries import case_for_change
from app.mail.deciding.newcomers import newcomer
from app.people.access import Act
from app.people.persons import person_by_uuid


@route("/cases/<uuid:uuid>/participants", "POST", Act.WRITE_CASES, takes=NewParticipant, answers=CaseAnswer)
def add(uuid: UUID, new: Json) -> Answer:
    """Let a person into a case, made if need be. Who is in it already stays as he is."""
    case = case_for_change(uuid)
    add_participant(case, newcomer(case, new["email"], new["name"]), by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/participants/<uuid:person>", "DELETE", Act.WRITE_CASES, answers=CaseAnswer)
def remove(uuid: UUID, person: UUID) -> Answer:
    """Take a person out of a case. Who was taken out already stays so."""
    case = case_for_change(uuid)
    remove_participant(case, person_by_uuid(person), by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/participants/<uuid:person>/mute", "POST", Act.WRITE_CASES, answers=CaseAnswer)
def mute(uuid: UUID, person: UUID) -> Answer:
    """Mail a person in a case nothing that is written from now on."""
    case = case_for_change(uuid)
    mute_participant(case, person_by_uuid(person), by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/participants/<uuid:person>/unmute", "POST", Act.WRITE_CASES, answers=CaseAnswer)
def unmute(uuid: UUID, person: UUID) -> Answer:
    """Mail a person in a case again what is written."""
    case = case_for_change(uuid)
    unmute_participant(case, person_by_uuid(person), by=caller().person)
    return case_view(case)
