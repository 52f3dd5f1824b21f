"""Forgetting jobs that nobody looks at any more. That they were there stays in the log of events."""

from datetime import timedelta

import sqlalchemy as sa

from app.bulk.models import BulkJob, BulkRow
from app.clock import now
from app.extensions import db

KEPT = timedelta(days=30)
BATCH = 5000


def forget_old_jobs() -> int:
    """Forget a batch of rows of jobs that ended long ago, and each job that has none left. Says how many of both."""
    old = sa.select(BulkJob.id).where(BulkJob.finished_at < now() - KEPT)
    job = db.session.scalar(old.order_by(BulkJob.finished_at, BulkJob.id).limit(1))
    if job is None:
        return 0
    rows = sa.select(BulkRow.id).where(BulkRow.job_id == job).order_by(BulkRow.position).limit(BATCH)
    gone = _deleted(BulkRow, BulkRow.id.in_(rows))
    return gone if gone == BATCH else gone + _deleted(BulkJob, BulkJob.id == job)


def _deleted(table: type[BulkJob | BulkRow], which: sa.ColumnElement[bool]) -> int:
    gone = db.session.execute(
        sa.delete(table).where(which).returning(table.id), execution_options={"synchronize_session": False}
    )
    return len(gone.all())
