"""Doing long work that finds out by itself what there is to do: a step at a time."""

from copy import deepcopy

from app.bulk.attempts import attempt
from app.bulk.holding import hold
from app.bulk.kinds import SteppedAct
from app.bulk.models import BulkJob
from app.steps import Made, Step


def do_step(job: BulkJob, act: SteppedAct) -> bool:
    """Do the next step. Says whether it was the last. Raises CaseyError when the work cannot go on."""
    step = attempt(lambda: act.step(job.options, deepcopy(job.state), job.person), f"a step job={job.id}")
    _note(job, step)
    return step.receipt is not None


def _note(job: BulkJob, step: Step) -> None:
    job.state, job.receipt = step.state, step.receipt
    job.done += step.done
    job.total = max(job.done, job.total if step.total is None else step.total)
    hold(job, step.holds)
    if step.made:
        _keep(job, step.made)


def _keep(job: BulkJob, made: Made) -> None:
    job.file_id, job.file_name, job.file_type = made.file_id, made.name, made.content_type
