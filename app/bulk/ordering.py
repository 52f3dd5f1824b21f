"""Ordering bulk work, looking at it, and cancelling it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.bulk.models import UNFINISHED, BulkJob, BulkRow, JobStatus, RowStatus
from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.queue import enqueue

MOST_ROWS = 100_000
AT_ONCE = 1000

Json = dict[str, Any]


def order_job(act: str, rows: Sequence[Json], options: Json, *, by: Person | None) -> BulkJob:
    """Have an act done on many rows, in their order. Raises Invalid for none, or too many."""
    if not 0 < len(rows) <= MOST_ROWS:
        raise Invalid(f"There must be 1 to {MOST_ROWS:,} rows.", field="rows")
    job = BulkJob(act=act, options=options, person=by, total=len(rows))
    db.session.add(job)
    db.session.flush()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        db.session.execute(
            sa.insert(BulkRow),
            [{"job_id": job.id, "position": start + number, "given": row} for number, row in enumerate(some)],
        )
    record(job, "bulk_ordered", by=by, new={"act": act, "total": job.total})
    enqueue("bulk.run_job", job.id)
    return job


def job_by_uuid(uuid: UUID) -> BulkJob:
    """Raises NotFound."""
    job = db.session.scalar(sa.select(BulkJob).where(BulkJob.uuid == uuid))
    if job is None:
        raise NotFound("There is no such job.")
    return job


def jobs_page(*, before: int | None, limit: int) -> list[BulkJob]:
    """Jobs from the newest back."""
    query = sa.select(BulkJob).order_by(BulkJob.id.desc()).limit(limit)
    return list(db.session.scalars(query if before is None else query.where(BulkJob.id < before)))


def rows_page(job: BulkJob, *, status: RowStatus | None, after: int, limit: int) -> list[BulkRow]:
    """The rows of a job in their order, from the one behind the position ``after`` on."""
    query = sa.select(BulkRow).where(BulkRow.job_id == job.id, BulkRow.position > after)
    if status is not None:
        query = query.where(BulkRow.status == status)
    return list(db.session.scalars(query.order_by(BulkRow.position).limit(limit)))


def cancel_job(job: BulkJob, *, by: Person | None) -> None:
    """Do nothing more of a job; what is done stays. Raises Conflict for one that is finished."""
    db.session.refresh(job, with_for_update=True)
    if job.status is JobStatus.CANCELLED:
        return
    if job.status not in UNFINISHED:
        raise Conflict("The job is finished; there is nothing left to cancel.")
    job.status, job.finished_at, job.claimed_by = JobStatus.CANCELLED, now(), None
    waiting = sa.update(BulkRow).where(BulkRow.job_id == job.id, BulkRow.status == RowStatus.WAITING)
    db.session.execute(waiting.values(status=RowStatus.CANCELLED, given={}))
    record(job, "bulk_cancelled", by=by, new={"done": job.done, "failed": job.failed})
