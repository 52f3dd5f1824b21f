"""The files that jobs have made are kept for a week; what came of the jobs stays."""

from datetime import timedelta

import sqlalchemy as sa

from app.bulk.models import BulkJob
from app.clock import now
from app.extensions import db

KEPT = timedelta(days=7)
BATCH = 100


def let_go_of_old_files() -> int:
    """Keep the files of a batch of jobs no longer. Returns how many."""
    old = sa.select(BulkJob).where(BulkJob.file_id.is_not(None), BulkJob.finished_at <= now() - KEPT)
    jobs = db.session.scalars(old.order_by(BulkJob.file_id).limit(BATCH)).all()
    for job in jobs:
        if job.file:
            job.file.unused_at, job.file = now(), None
    return len(jobs)
