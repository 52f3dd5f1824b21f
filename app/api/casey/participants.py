"""Who is in a case."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, route
from app.api.casey.schemas import NewParticipant
from app.api.casey.views import case_view
from app.api.wire import body
from app.cases.leaving import remove_participant
from app.cases.participation import add_participant
from app.cases.queries import case_for_change
from app.mail.deciding.newcomers import newcomer
from app.people.access import Act
from app.people.persons import person_by_uuid
from app.transaction import transaction


@route("/case/<uuid:uuid>/participants", "POST", Act.WRITE_CASES)
@route("/cases/<uuid:uuid>/participants", "POST", Act.WRITE_CASES)
def add(uuid: UUID) -> Answer:
    """Let a person into a case, made if need be. Who is in it already stays as he is."""
    new = body(NewParticipant())
    with transaction():
        case = case_for_change(uuid)
        add_participant(case, newcomer(case, new["email"], new["name"]), by=caller().person)
        return case_view(case), 200


@route("/case/<uuid:uuid>/participants/<uuid:person>", "DELETE", Act.WRITE_CASES)
@route("/cases/<uuid:uuid>/participants/<uuid:person>", "DELETE", Act.WRITE_CASES)
def remove(uuid: UUID, person: UUID) -> Answer:
    """Take a person out of a case. Who was taken out already stays so."""
    with transaction():
        case = case_for_change(uuid)
        remove_participant(case, person_by_uuid(person), by=caller().person)
        return case_view(case), 200
