"""Opening many cases at once, and jobs."""

from app.api.auth import caller, check_allowed
from app.api.kayako.describing import described_all
from app.api.kayako.envelope import Many, One
from app.api.kayako.finding import number_in, person_calling
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.bulk import BulkCases, BulkQuery
from app.api.kayako.views.jobs import JOB
from app.bulk.acts import ACTS, OPEN
from app.bulk.ordering import job_numbered, jobs_from, order_work
from app.people.access import Act


@route("/bulk/cases", "POST", Act.BULK, asks=BulkQuery, takes=BulkCases, shows=JOB, status=202)
def open_many(asked: Json, new: Json) -> Answer:
    """Have up to 200 cases opened with their history, which nobody is told of; the job says what became of it."""
    by = person_calling()
    options = {"cases": described_all(new["cases"], by=by), "partial": asked["partial_import"]}
    return One(JOB, order_work(OPEN, options, by=by))


@route("/jobs", "GET", Act.BULK, asks=Paged, shows=JOB, many=True)
def index(asked: Json) -> Answer:
    """Jobs that the caller might have ordered, the newest first."""
    page = Offset.asked(asked)
    acts = [name for name, act in ACTS.items() if caller().allows(act.needs)]
    found, total = jobs_from(acts, skip=page.skip, limit=page.limit)
    return Many(JOB, found, total, page)


@route("/jobs/<job>", "GET", Act.BULK, shows=JOB)
def show(job: str) -> Answer:
    """How far a job is."""
    found = job_numbered(number_in(job))
    check_allowed(caller(), ACTS[found.act].needs)
    return One(JOB, found)
