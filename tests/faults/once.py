"""A process that does all the mail work there is, once: ``python -m tests.faults.once``.

It stands for a worker in the fault tests, which kill it at crash points; so it works on its own database connection
and talks to the real servers.
"""

from app import create_app
from app.jobs import mail
from app.logs import set_up_logs
from tests.work import work_until_quiet


def main() -> None:
    """Take in, decide, send."""
    set_up_logs()
    app = create_app()
    with app.app_context():
        mail.sync_mailboxes()
    work_until_quiet(app)


if __name__ == "__main__":
    main()
