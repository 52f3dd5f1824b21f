"""Doing bulk work: a batch of rows a transaction, under a lease, so that a worker that dies is followed by another.

A row and what it came to are committed together with what it did. So none is done twice, whenever a worker dies.
"""

import logging
import time
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.bulk.acts import ACTS
from app.bulk.models import UNFINISHED, BulkJob, BulkRow, JobStatus, RowStatus
from app.clock import now
from app.crash import CrashPoint, crash_point
from app.errors import CaseyError, Conflict
from app.events import record
from app.extensions import db
from app.mail.mailboxes import process_name
from app.queue import JobTimeout, enqueue
from app.transaction import transaction

BATCH = 20
# SQLite has one writer: for about so long a batch may keep the others waiting. It ends after the row that is late.
BATCH_SECONDS = 1.0
SECONDS = 60.0
LEASE = timedelta(minutes=1)

WENT_WRONG = "Something went wrong in Casey with this row, and nothing of it was done. The log of the server says what."

log = logging.getLogger(__name__)


def run_job(job_id: int) -> None:
    """Do what is left of a job, for a minute at most; the rest is rung for. Nothing while another worker is at it."""
    until = time.monotonic() + SECONDS
    while True:
        with transaction():
            job = _claimed(job_id)
            if job is None:
                return
            finished, late = _run_batch(job), time.monotonic() > until
            if late and not finished:
                _leave(job)
        crash_point(CrashPoint.BULK_AFTER_BATCH)
        if finished or late:
            return


def due_jobs() -> list[int]:
    """The jobs whose ring was lost, or whose worker died."""
    query = sa.select(BulkJob.id).where(BulkJob.status.in_(UNFINISHED), BulkJob.next_at <= now())
    return list(db.session.scalars(query.order_by(BulkJob.id).limit(100)))


def _claimed(job_id: int) -> BulkJob | None:
    """The job, with a lease of ours. None when it is finished, or another worker has it."""
    mine = sa.or_(BulkJob.next_at <= now(), BulkJob.claimed_by == process_name())
    claimed = db.session.execute(
        sa.update(BulkJob)
        .where(BulkJob.id == job_id, BulkJob.status.in_(UNFINISHED), mine)
        .values(status=JobStatus.RUNNING, claimed_by=process_name(), next_at=now() + LEASE)
        .returning(BulkJob.id)
    ).first()
    return db.session.get_one(BulkJob, job_id, populate_existing=True) if claimed else None


def _leave(job: BulkJob) -> None:
    """Let whoever comes next go on at once."""
    job.claimed_by, job.next_at = None, now()
    enqueue("bulk.run_job", job.id)


def _run_batch(job: BulkJob) -> bool:
    """Do the next rows. Says whether none is left."""
    waiting = (
        sa.select(BulkRow)
        .where(BulkRow.job_id == job.id, BulkRow.status == RowStatus.WAITING)
        .order_by(BulkRow.position)
        .limit(BATCH)
    )
    until = time.monotonic() + BATCH_SECONDS
    rows, tried = db.session.scalars(waiting).all(), 0
    for row in rows:
        _run(job, row)
        tried += 1
        if time.monotonic() > until:
            break
    none_left = tried == len(rows) < BATCH
    if none_left:
        _finish(job)
    return none_left


def _run(job: BulkJob, row: BulkRow) -> None:
    """Do a row, and forget what was given for it: texts of an import are to live in their cases alone."""
    try:
        row.result = _tried(job, row)
        row.status = RowStatus.DONE
        job.done += 1
    except CaseyError as error:
        row.error = {"code": error.code, "detail": error.message, **({"errors": error.fields} if error.fields else {})}
        row.status = RowStatus.FAILED
        job.failed += 1
    row.given = {}


def _tried(job: BulkJob, row: BulkRow) -> dict[str, object]:
    """What the act came to. Of one that is refused, goes wrong, or loses a race twice, nothing is left.

    Raises CaseyError for what concerns this row alone; anything else ends the batch, which is then done again.
    """
    for _ in range(2):
        try:
            with db.session.begin_nested():
                return ACTS[job.act].do(row.given, job.options, job.person)
        except IntegrityError:
            log.info("a row lost a race job=%s row=%s", job.id, row.position)
        except (CaseyError, JobTimeout, OperationalError):
            raise
        except Exception as error:
            # Whatever a row can do to us, the others must be done too; else its batch would be repeated for ever.
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            log.exception("a row went wrong job=%s row=%s", job.id, row.position)
            raise CaseyError(WENT_WRONG) from error
    raise Conflict("Somebody else changed the same thing at the same moment. Please try again.")


def _finish(job: BulkJob) -> None:
    job.status, job.finished_at, job.claimed_by = JobStatus.DONE, now(), None
    record(job, "bulk_finished", by=job.person, new={"done": job.done, "failed": job.failed})
