"""The worker entry point: ``python worker.py`` works on what the queue holds, ``python worker.py ticker`` rings."""

import sys

from app import create_app
from app.collector import spare_the_collector
from app.jobs.periodic import run_ticker
from app.jobs.worker import run_worker
from app.logs import set_up_logs
from app.queue import bell


def main() -> int:
    """Run the worker or the ticker until told to stop."""
    set_up_logs()
    app = create_app()
    spare_the_collector()
    if sys.argv[1:] == ["ticker"]:
        run_ticker(app)
        return 0
    with app.app_context():
        ours = bell()
    if ours is None:
        sys.stderr.write("The worker needs REDIS_URL; `caseyd` starts everything together, with a store of its own.\n")
        return 2
    run_worker(app, ours)
    return 0


if __name__ == "__main__":
    sys.exit(main())
