"""Jobs of the bulk work."""

from app.bulk import running
from app.transaction import reading


def run_job(job_id: int) -> None:
    """Go on with a job."""
    running.run_job(job_id)


def sweep_jobs() -> None:
    """Go on with the jobs whose ring was lost, or whose worker died."""
    with reading():
        due = running.due_jobs()
    for job_id in due:
        running.run_job(job_id)
