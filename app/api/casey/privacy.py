"""Privacy: telling what is known of a person, forgetting him, and striking out a text."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.privacy import Erasing, Redaction
from app.api.casey.views.bulk import JobAnswer, job_view
from app.api.naming import named
from app.api.ranks import check_rank, check_somebody_else
from app.bulk.acts import ERASE, REDACT
from app.bulk.exporting import order_person_export
from app.bulk.ordering import order_work
from app.cases.queries import case_by_uuid
from app.people.access import Act
from app.people.persons import person_by_uuid
from app.privacy.erasing import person_to_erase
from app.privacy.redacting import check_redactable


@route("/persons/<uuid:uuid>/export", "POST", Act.PROTECT_PRIVACY, answers=JobAnswer, status=202)
def export(uuid: UUID) -> Answer:
    """Have all that is known about a person written into a file, as he himself may see it. The job will have it."""
    return job_view(order_person_export(person_by_uuid(uuid), by=caller().person))


@route("/persons/<uuid:uuid>/erase", "POST", Act.PROTECT_PRIVACY, takes=Erasing, answers=JobAnswer, status=202)
def erase(uuid: UUID, new: Json) -> Answer:
    """Forget a person: the cases stay, and nothing in them says who he was. The job says how far it is."""
    person = person_to_erase(uuid)
    check_rank(person.role)
    check_somebody_else(person, "erase")
    return job_view(order_work(ERASE, {"person": str(person.uuid), "posts": new["posts"]}, by=caller().person))


@route("/redactions", "POST", Act.PROTECT_PRIVACY, takes=Redaction, answers=JobAnswer, status=202)
def redact(new: Json) -> Answer:
    """Strike out a text wherever it stands, in one case or in all of the house. The job says how far it is."""
    options = {"text": check_redactable(new["redacted"])}
    if "case" in new:
        options["case"] = str(named(new["case"], case_by_uuid, field="case").uuid)
    return job_view(order_work(REDACT, options, by=caller().person))
