"""Bulk work: the same acts on many cases, and cases taken over from elsewhere."""

from datetime import datetime
from json import dumps, loads
from typing import Any
from uuid import UUID

from flask import request

from app.api.auth import caller, check_allowed
from app.api.casey.changes import FOUND_BY
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.bulk import BulkOrder, ImportedCase, ImportQuery, RowsPage
from app.api.casey.schemas.fields import Page
from app.api.casey.views.bulk import JobAnswer, RowAnswer, job_view, row_view
from app.api.casey.views.shapes import page, page_of
from app.api.formatted import text_and_html
from app.api.naming import named
from app.api.wire import checked, parsed_json
from app.bulk.acts import ACTS, IMPORT
from app.bulk.models import BulkJob
from app.bulk.ordering import MOST_ROWS, cancel_job, file_of, job_by_uuid, jobs_page, order_job, rows_page
from app.errors import CaseyError, Invalid
from app.files.downloads import download
from app.people.access import Act
from app.people.persons import known_person


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


def _lines() -> list[Json]:
    """The cases of an import, one a line, each as plain JSON. Raises Invalid with every line that is wrong."""
    lines = [line for line in request.get_data().split(b"\n") if line.strip()]
    if len(lines) > MOST_ROWS:
        raise Invalid(f"There are {len(lines):,} cases; one import takes at most {MOST_ROWS:,}.")
    partial = request.args.get("partial") == "true"
    found: list[Json] = []
    wrong: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        try:
            found.append(_line(line))
        except CaseyError as error:
            wrong |= _placed(error, number)
    if wrong and not partial:
        raise Invalid("Nothing was imported: some lines are wrong. Mend them, or import the others.", fields=wrong)
    if not found:
        raise Invalid("There is no case to be imported in the request.", fields=wrong)
    return found


def _line(line: bytes) -> Json:
    said: Any = parsed_json(line)
    checked(ImportedCase(), said)
    return dict(said)


def _placed(error: CaseyError, number: int) -> dict[str, str]:
    if not error.fields:
        return {f"line {number}": error.message}
    return {f"line {number}: {path}": sentence for path, sentence in error.fields.items()}


@route(
    "/imports/cases",
    "POST",
    Act.IMPORT_CASES,
    asks=ImportQuery,
    reads="application/x-ndjson",
    parse=_lines,
    answers=JobAnswer,
    status=202,
)
def import_cases(new: list[Json], asked: Json) -> Answer:
    """Take over cases with their history, one a line; with ``partial`` those that are right, whatever others are."""
    return job_view(order_job(IMPORT, new, asked, by=caller().person))


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


@route("/jobs/<uuid:uuid>/file", "GET", Act.BULK, gives="application/octet-stream", also=(410,))
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
