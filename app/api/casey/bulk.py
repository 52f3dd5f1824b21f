"""Bulk work: the same acts on many cases; and jobs, whatever they do."""

from datetime import datetime
from json import dumps, loads
from uuid import UUID

from app.api.auth import caller, check_allowed
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.bulk import BulkOrder, RowsPage
from app.api.casey.schemas.fields import Page
from app.api.casey.views.bulk import JobAnswer, RowAnswer, job_view, row_view
from app.api.casey.views.shapes import page, page_of
from app.api.naming import named
from app.bulk.acts import ACTS
from app.bulk.models import BulkJob
from app.bulk.ordering import cancel_job, file_of, job_by_uuid, jobs_page, order_job, rows_page
from app.cases.changing import FOUND_BY
from app.files.downloads import download
from app.mail.formatted import text_and_html
from app.people.access import Act
from app.people.persons import known_person

# What jobs make; whatever it is, it is a file to be saved.
KINDS = ("application/json", "application/octet-stream", "application/x-ndjson", "application/zip", "text/csv")


@route("/bulk/cases", "POST", Act.BULK, takes=BulkOrder, answers=JobAnswer, status=202)
def order(new: Json) -> Answer:
    """Have an act done on many cases. The job says how far it is."""
    check_allowed(caller(), ACTS[new["act"]].needs)
    rows = [{"case": str(uuid)} for uuid in new["cases"]]
    return job_view(order_job(new["act"], rows, _options(new["act"], new["options"]), by=caller().person))


def _options(act: str, new: Json) -> Json:
    """What goes with the act, as plain JSON. Raises Invalid for what is named and not there."""
    if "html" in new:
        new[act], new["html"] = text_and_html(new.get(act), new["html"])
    if "sender" in new:
        known_person(new["sender"], field="with.from")
    for name, find in FOUND_BY.items():
        named(new.get(name), find, field=f"with.{name}")
    return dict(loads(dumps(new, default=_plain)))


def _plain(value: UUID | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@route("/jobs", "GET", Act.BULK, asks=Page, answers=page_of(JobAnswer))
def index(asked: Json) -> Answer:
    """Jobs that the caller might have ordered, from the newest back."""
    acts = [name for name, act in ACTS.items() if caller().allows(act.needs)]
    found = jobs_page(acts, before=asked["cursor"], limit=asked["limit"])
    return page([job_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route("/jobs/<uuid:uuid>", "GET", Act.BULK, answers=JobAnswer)
def show(uuid: UUID) -> Answer:
    """How far a job is."""
    return job_view(_job(uuid))


def _job(uuid: UUID) -> BulkJob:
    """A job that the caller might have ordered. Raises NotFound or Forbidden."""
    job = job_by_uuid(uuid)
    check_allowed(caller(), ACTS[job.act].needs)
    return job


@route("/jobs/<uuid:uuid>/rows", "GET", Act.BULK, asks=RowsPage, answers=page_of(RowAnswer))
def rows(uuid: UUID, asked: Json) -> Answer:
    """The rows of a job in their order, each with what became of it; ``status=failed`` shows what was refused."""
    after = -1 if asked["cursor"] is None else asked["cursor"]
    found = rows_page(_job(uuid), status=asked["status"], after=after, limit=asked["limit"])
    return page([row_view(one) for one in found], found[-1].position if len(found) == asked["limit"] else None)


@route("/jobs/<uuid:uuid>/file", "GET", Act.BULK, gives=KINDS, also=(410,))
def file(uuid: UUID) -> Answer:
    """The file that a job has made, for a week after it."""
    job = _job(uuid)
    return download(file_of(job), job.file_name or "", job.file_type or "")


@route("/jobs/<uuid:uuid>/cancel", "POST", Act.BULK, answers=JobAnswer)
def cancel(uuid: UUID) -> Answer:
    """Do nothing more of a job. What is done stays."""
    job = _job(uuid)
    cancel_job(job, by=caller().person)
    return job_view(job)
