"""Jobs on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from marshmallow import fields

from app.api.kayako.naming import named_in_bulk
from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_number, a_text, references, things
from app.bulk.models import BulkJob, JobStatus

STATUSES: Mapping[JobStatus, str] = {
    JobStatus.WAITING: "PENDING",
    JobStatus.RUNNING: "RUNNING",
    JobStatus.DONE: "COMPLETED",
    JobStatus.FAILED: "FAILED",
    JobStatus.CANCELLED: "CANCELLED",
}


class Rejected(fields.Dict):
    """A record that was refused: its position from 0, and why."""


class JobShape(Shape):
    """Long work, and how far it is."""

    id = a_number()
    status = a_text(f"{', '.join(STATUSES.values())}.")
    total = a_number("How many records there are.")
    done = a_number("How many of them are done.")
    cases = things("The cases that it has opened, once it has ended.")
    rejected = fields.List(Rejected(), metadata={"description": "The records that were refused, and why."})
    errors = fields.List(fields.Dict(), metadata={"description": "Why nothing at all was done."})
    created_at = a_moment()
    updated_at = a_moment()


def _jobs(rows: Sequence[BulkJob], _optional: Collection[str]) -> list[Json]:
    return [_job(one) for one in rows]


def _job(job: BulkJob) -> Json:
    receipt = job.receipt or {}
    return {
        "id": job.id,
        "status": STATUSES[job.status],
        "total": job.total,
        "done": job.done,
        "cases": references("case", receipt.get("opened", ())),
        "rejected": [
            {"position": one["position"], "errors": _errors(one["error"])} for one in receipt.get("refused", ())
        ],
        "errors": _errors(job.error),
        "created_at": job.created_at,
        "updated_at": job.finished_at or job.created_at,
    }


def _errors(error: Json | None) -> list[Json]:
    """Each field that is wrong, with its sentence."""
    if error is None:
        return []
    wrong = error.get("errors") or {}
    return [{"parameter": named_in_bulk(path), "detail": sentence} for path, sentence in wrong.items()] or [error]


JOB = Resource("bulk_job", JobShape, _jobs, path="jobs/{}", name="job")
