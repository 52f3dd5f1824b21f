"""Doing in this process what workers do in theirs: the jobs themselves, without a queue."""

from flask import Flask

from app.bulk.running import due_jobs
from app.cases.link_requests import unanswered_requests
from app.jobs import bulk, cases, files, mail, sla, webhooks
from app.mail.intake.taking import undecided
from app.mail.sending.outbox import due_outbound

ROUNDS = 20
JOBS = (
    mail.sweep_link_requests,
    mail.sweep_inbound,
    mail.sweep_sign_ins,
    mail.sweep_outbox,
    bulk.sweep_jobs,
    cases.close_idle,
    cases.wake_snoozed,
    cases.send_scheduled,
    cases.remind_team,
    sla.note_breaches,
    webhooks.dispatch,
    files.look_at_pictures,
)


def work_until_quiet(app: Flask) -> None:
    """Run the sweeps until nothing is due. Each job gets a context of its own, as in a worker."""
    for _ in range(ROUNDS):
        for job in JOBS:
            with app.app_context():
                job()
        with app.app_context():
            if not due_outbound(1) and not undecided() and not due_jobs() and not unanswered_requests(1):
                return
    raise AssertionError(f"There is still work to do after {ROUNDS} rounds.")
