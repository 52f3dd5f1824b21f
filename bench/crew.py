"""Worker processes that do one kind of work until there is none: ``python -m bench.crew intake``.

They load everything, do what lies there already to warm up, say so, and begin together when a line comes in.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app import create_app
from app.collector import spare_the_collector
from app.jobs import mail
from app.mail.intake.taking import undecided
from app.mail.sending.outbox import due_outbound
from app.transaction import reading

ROOT = Path(__file__).parent.parent
PATIENCE = 0.02


@dataclass(frozen=True)
class Shift:
    """How long a crew took, and the most memory that one of them used, its reading process included."""

    seconds: float
    megabytes: int


def work(kind: str, workers: int, environ: Mapping[str, str], prepare: Callable[[], object]) -> Shift:
    """Let so many processes do what there is to do: a little to warm up, and then what ``prepare`` puts there."""
    command = [sys.executable, "-m", "bench.crew", kind]
    env = {**os.environ, **environ, "REDIS_URL": ""}
    crew = [
        subprocess.Popen(command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(workers)
    ]
    for one in crew:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    prepare()
    began = time.perf_counter()
    for one in crew:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    kilobytes = [int(one.stdout.readline()) for one in crew if one.stdout]
    seconds = time.perf_counter() - began
    for one in crew:
        one.communicate()
    return Shift(seconds, max(kilobytes) // 1024)


def intake() -> bool:
    """Take in and decide. Says whether all is decided."""
    mail.sync_mailboxes()
    mail.sweep_inbound()
    with reading():
        return not undecided()


def sending() -> bool:
    """Send. Says whether nothing waits."""
    mail.sweep_outbox()
    with reading():
        return not due_outbound(1)


KINDS: Mapping[str, Callable[[], bool]] = {"intake": intake, "sending": sending}


def finish(kind: str) -> None:
    """Work until nothing is left."""
    while not KINDS[kind]():
        time.sleep(PATIENCE)


def main(kind: str) -> None:
    """Be one of the crew."""
    app = create_app()
    spare_the_collector()
    with app.app_context():
        finish(kind)  # a worker has its statements compiled and its reader started after its first mails
        print("ready", flush=True)
        sys.stdin.readline()
        finish(kind)
    ours, readers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(ours + readers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
