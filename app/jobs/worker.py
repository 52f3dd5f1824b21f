"""The rq worker: runs each job inside the application, in this very process."""

from typing import Any

from flask import Flask
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from app.queue import Bell


class CaseyWorker(SimpleWorker):
    """A worker that gives every job a context of its own, and with it a session and the settings of the moment."""

    app: Flask

    def perform_job(self, job: Job, queue: Queue, *args: Any, **kwargs: Any) -> bool:
        with self.app.app_context():
            return bool(super().perform_job(job, queue, *args, **kwargs))


def run_worker(app: Flask, bell: Bell) -> None:
    """Work until told to stop; a running job is finished first. What a killed worker was at, the sweeps find again."""
    worker = CaseyWorker(
        bell.queues,
        connection=bell.connection,
        serializer=JSONSerializer,
        worker_ttl=60,
        maintenance_interval=60,
        log_job_description=False,
    )
    worker.app = app
    worker.work(logging_level="WARNING")
