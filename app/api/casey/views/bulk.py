"""Bulk jobs and their rows."""

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_moment,
    a_number,
    a_part,
    a_text,
    a_uuid,
    a_word,
    any_value,
    moment,
)
from app.bulk.models import BulkJob, BulkRow, JobStatus, RowStatus


class JobAnswer(Shape):
    """Work on many things, and how far it is."""

    uuid = a_uuid()
    act = a_text()
    status = a_word(JobStatus)
    total = a_number()
    done = a_number()
    failed = a_number()
    by = a_part(PersonBrief, null=True)
    created_at = a_moment()
    finished_at = a_moment(null=True)


def job_view(job: BulkJob) -> Json:
    """Work on many things, and how far it is."""
    return {
        "uuid": str(job.uuid),
        "act": job.act,
        "status": job.status,
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "by": person_brief(job.person),
        "created_at": moment(job.created_at),
        "finished_at": moment(job.finished_at),
    }


class RowAnswer(Shape):
    """One thing of a job, and what became of it."""

    position = a_number(help="From 0, in the order in which the rows were given.")
    status = a_word(RowStatus)
    result = any_value(help="What the act came to.")
    error = any_value(help="Why it was refused: code, detail, errors.")


def row_view(row: BulkRow) -> Json:
    """One thing of a job, and what became of it."""
    return {"position": row.position, "status": row.status, "result": row.result, "error": row.error}
