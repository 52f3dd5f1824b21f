"""Cases as files to be taken away."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.exports import ExportOrder
from app.api.casey.views.bulk import JobAnswer, job_view
from app.bulk.exporting import order_case_export, order_export
from app.cases.queries import case_by_uuid
from app.people.access import Act


@route("/exports/cases", "POST", Act.EXPORT_CASES, takes=ExportOrder, answers=JobAnswer, status=202)
def export_cases(new: Json) -> Answer:
    """Have cases written into a file: with their whole history, one a line, or as a table. The job will have it."""
    return job_view(order_export(new["format"], new["filter"], by=caller().person))


@route("/cases/<uuid:uuid>/export", "POST", Act.EXPORT_CASES, answers=JobAnswer, status=202)
def export_case(uuid: UUID) -> Answer:
    """Have one case written into an archive, with its mails and files. The job will have it."""
    return job_view(order_case_export(case_by_uuid(uuid), by=caller().person))
