"""Ordering long work, looking at it, and cancelling it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from app.bulk.holding import let_go
from app.bulk.models import UNFINISHED, BulkJob, BulkRow, JobStatus, Json, RowStatus
from app.bulk.rows import give_up_rows
from app.errors import Conflict, Gone, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.files.models import File
from app.origin import origin
from app.people.models import Person
from app.queue import enqueue

MOST_ROWS = 100_000
AT_ONCE = 1000

LET_GO = (
    "The file of this job is gone: it is kept for a week, or until a person is erased or a text redacted. "
    "Please order it again."
)


def order_job(act: str, rows: Sequence[Json], options: Json, *, by: Person | None) -> BulkJob:
    """Have an act done on many rows, in their order. Raises Invalid for none, or too many."""
    if not 0 < len(rows) <= MOST_ROWS:
        raise Invalid(f"There must be 1 to {MOST_ROWS:,} rows.", field="rows")
    job = _added(act, options, len(rows), by)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        db.session.execute(
            sa.insert(BulkRow),
            [{"job_id": job.id, "position": start + number, "given": row} for number, row in enumerate(some)],
        )
    return _rung(job, by)


def order_work(act: str, options: Json, *, by: Person | None) -> BulkJob:
    """Have work done that finds out by itself what there is to do."""
    return _rung(_added(act, options, 0, by), by)


def _added(act: str, options: Json, total: int, by: Person | None) -> BulkJob:
    """The job, in the name of the key that is asking."""
    here = origin()
    job = BulkJob(
        act=act, options=options, person=by, total=total, api_key_id=here.api_key_id, ip_address=here.ip_address
    )
    db.session.add(job)
    db.session.flush()
    return job


def _rung(job: BulkJob, by: Person | None) -> BulkJob:
    record(job, "bulk_ordered", by=by, new={"act": job.act, "total": job.total})
    enqueue("bulk.run_job", job.id)
    return job


def job_by_uuid(uuid: UUID) -> BulkJob:
    """Raises NotFound."""
    job = db.session.scalar(sa.select(BulkJob).where(BulkJob.uuid == uuid))
    if job is None:
        raise NotFound("There is no such job.")
    return job


def job_numbered(number: int) -> BulkJob:
    """Raises NotFound."""
    job = db.session.get(BulkJob, number)
    if job is None:
        raise NotFound("There is no job with this id.")
    return job


def jobs_from(acts: Iterable[str], *, skip: int, limit: int) -> tuple[list[BulkJob], int]:
    """Jobs that do one of these acts, from the newest back without the first few, and how many there are."""
    doing = BulkJob.act.in_(list(acts))
    query = sa.select(BulkJob).where(doing).order_by(BulkJob.id.desc()).offset(skip).limit(limit)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(BulkJob).where(doing))
    return list(db.session.scalars(query)), total or 0


def file_of(job: BulkJob) -> File:
    """The file that the work has made. Raises NotFound when there is none, Gone when it was let go."""
    if job.file is not None:
        return job.file
    if job.file_name is not None:
        raise Gone(LET_GO)
    raise NotFound("This job has made no file, or has not finished it yet.")


def jobs_page(acts: Iterable[str], *, before: int | None, limit: int) -> list[BulkJob]:
    """Jobs that do one of these acts, from the newest back."""
    query = sa.select(BulkJob).where(BulkJob.act.in_(list(acts))).order_by(BulkJob.id.desc()).limit(limit)
    return list(db.session.scalars(query if before is None else query.where(BulkJob.id < before)))


def rows_page(job: BulkJob, *, status: RowStatus | None, after: int, limit: int) -> list[BulkRow]:
    """The rows of a job in their order, from the one behind the position ``after`` on."""
    query = sa.select(BulkRow).where(BulkRow.job_id == job.id, BulkRow.position > after)
    if status is not None:
        query = query.where(BulkRow.status == status)
    return list(db.session.scalars(query.order_by(BulkRow.position).limit(limit)))


def cancel_job(job: BulkJob, *, by: Person | None) -> None:
    """Do nothing more of a job; what is done stays. Raises Conflict for one that is finished."""
    db.session.refresh(job, with_for_update={"of": BulkJob})
    if job.status is JobStatus.CANCELLED:
        return
    if job.status not in UNFINISHED:
        raise Conflict("The job is finished; there is nothing left to cancel.")
    job.end(JobStatus.CANCELLED)
    give_up_rows(job)
    let_go(job)
    record(job, "bulk_cancelled", by=by, new={"done": job.done, "failed": job.failed})
