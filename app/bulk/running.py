"""Doing long work: a batch of rows or a step a transaction, under a lease, so that a worker that dies is followed.

What is done and the note that it is done are committed together. So nothing is done twice, whenever a worker dies.
"""

import logging
import time
from datetime import timedelta

import sqlalchemy as sa

from app.bulk.acts import ACTS
from app.bulk.attempts import told
from app.bulk.holding import let_go
from app.bulk.kinds import SteppedAct
from app.bulk.models import UNFINISHED, BulkJob, JobStatus
from app.bulk.rows import do_rows, give_up_rows
from app.bulk.stepping import do_step
from app.clock import now
from app.crash import CrashPoint, crash_point
from app.errors import CaseyError, Forbidden
from app.events import record
from app.extensions import db
from app.mail.mailboxes import process_name
from app.origin import coming_from
from app.people.credentials import ApiKey
from app.queue import enqueue
from app.transaction import transaction

SECONDS = 60.0
LEASE = timedelta(minutes=1)

NO_KEY = "The key that ordered this may no longer do it: it was revoked, has expired, or lost its role or scope."

log = logging.getLogger(__name__)


def run_job(job_id: int) -> None:
    """Do what is left of a job, for a minute at most; the rest is rung for. Nothing while another worker is at it."""
    until = time.monotonic() + SECONDS
    while True:
        with transaction():
            job = _claimed(job_id)
            if job is None:
                return
            finished, late = _go_on(job), time.monotonic() > until
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


def _go_on(job: BulkJob) -> bool:
    """Do the next piece, in the name of the key that ordered it. Says whether nothing is left."""
    act = ACTS[job.act]
    with coming_from(job.api_key_id, job.ip_address):
        try:
            _check_key(job)
            finished = do_step(job, act) if isinstance(act, SteppedAct) else do_rows(job, act)
        except CaseyError as error:
            _fail(job, error)
            return True
        if finished:
            _finish(job, JobStatus.DONE)
    return finished


def _check_key(job: BulkJob) -> None:
    """Raises Forbidden when the key that ordered the work may do it no more. Work without a key is the operator's."""
    key = None if job.api_key_id is None else db.session.get_one(ApiKey, job.api_key_id)
    if key and not (key.live and key.allows(ACTS[job.act].needs)):
        raise Forbidden(NO_KEY)


def _fail(job: BulkJob, error: CaseyError) -> None:
    """Leave off for good, and say why. What is done stays."""
    job.error = told(error)
    give_up_rows(job)
    _finish(job, JobStatus.FAILED)


def _finish(job: BulkJob, status: JobStatus) -> None:
    job.end(status)
    let_go(job)
    record(job, f"bulk_{'finished' if status is JobStatus.DONE else 'failed'}", by=job.person, new=_counted(job))


def _counted(job: BulkJob) -> dict[str, object]:
    return {"act": job.act, "done": job.done, "failed": job.failed}
