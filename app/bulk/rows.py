"""Doing the rows of a job, some at a time."""

import time

import sqlalchemy as sa

from app.bulk.attempts import attempt, told
from app.bulk.kinds import BulkAct
from app.bulk.models import BulkJob, BulkRow, RowStatus
from app.errors import CaseyError
from app.extensions import db

BATCH = 20
# SQLite has one writer: for about so long a batch may keep the others waiting. It ends after the row that is late.
BATCH_SECONDS = 1.0


def do_rows(job: BulkJob, act: BulkAct) -> bool:
    """Do the next rows. Says whether none is left."""
    until = time.monotonic() + BATCH_SECONDS
    rows, tried = db.session.scalars(_waiting(job).limit(BATCH)).all(), 0
    for row in rows:
        _do(job, act, row)
        tried += 1
        if time.monotonic() > until:
            break
    return tried == len(rows) < BATCH


def _waiting(job: BulkJob) -> sa.Select[BulkRow]:
    query = sa.select(BulkRow).where(BulkRow.job_id == job.id, BulkRow.status == RowStatus.WAITING)
    return query.order_by(BulkRow.position)


def _do(job: BulkJob, act: BulkAct, row: BulkRow) -> None:
    """Do a row, and forget what was given for it: texts of an import are to live in their cases alone."""
    try:
        row.result = attempt(
            lambda: act.do(row.given, job.options, job.person), f"a row job={job.id} row={row.position}"
        )
        row.status = RowStatus.DONE
        job.done += 1
    except CaseyError as error:
        row.error, row.status = told(error), RowStatus.FAILED
        job.failed += 1
    row.given = {}


def give_up_rows(job: BulkJob) -> None:
    """Do none of those that still wait."""
    waiting = sa.update(BulkRow).where(BulkRow.job_id == job.id, BulkRow.status == RowStatus.WAITING)
    db.session.execute(waiting.values(status=RowStatus.CANCELLED, given={}))
