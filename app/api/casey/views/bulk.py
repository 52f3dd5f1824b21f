"""Jobs and their rows."""

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


class JobFile(Shape):
    """The file that a job has made, to be had at ``/jobs/{uuid}/file``."""

    name = a_text()
    content_type = a_text()
    size = a_number(help="In bytes.")


class JobAnswer(Shape):
    """Long work, and how far it is."""

    uuid = a_uuid()
    act = a_text()
    status = a_word(JobStatus)
    total = a_number()
    done = a_number()
    failed = a_number()
    receipt = any_value(help="What came of work that has no rows, once it is done.")
    error = any_value(help="Why a job failed: code, detail, errors.")
    file = a_part(JobFile, null=True)
    by = a_part(PersonBrief, null=True)
    created_at = a_moment()
    finished_at = a_moment(null=True)


def job_view(job: BulkJob) -> Json:
    """Long work, and how far it is."""
    return {
        "uuid": str(job.uuid),
        "act": job.act,
        "status": job.status,
        "total": job.total,
        "done": job.done,
        "failed": job.failed,
        "receipt": job.receipt,
        "error": job.error,
        "file": _file_view(job),
        "by": person_brief(job.person),
        "created_at": moment(job.created_at),
        "finished_at": moment(job.finished_at),
    }


def _file_view(job: BulkJob) -> Json | None:
    if job.file is None:
        return None
    return {"name": job.file_name, "content_type": job.file_type, "size": job.file.size}


class RowAnswer(Shape):
    """One thing of a job, and what became of it."""

    position = a_number(help="From 0, in the order in which the rows were given.")
    status = a_word(RowStatus)
    result = any_value(help="What the act came to.")
    error = any_value(help="Why it was refused: code, detail, errors.")


def row_view(row: BulkRow) -> Json:
    """One thing of a job, and what became of it."""
    return {"position": row.position, "status": row.status, "result": row.result, "error": row.error}
