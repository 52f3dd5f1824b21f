"""A process that notes once what is overdue: ``python -m tests.sla.once``. Tests kill it at crash points."""

from app import create_app
from app.jobs.sla import note_breaches

if __name__ == "__main__":
    with create_app().app_context():
        note_breaches()
