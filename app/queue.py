"""The doorbell: tells a worker that a row wants work. The only producer-side importer of rq.

What is to be done stands in the database; a ring that is lost is made up for by the sweep. So a store that is down
costs a moment's wait at most, and never an answer.
"""

import logging
import time
from functools import partial

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from rq.timeouts import BaseTimeoutException as JobTimeout

from app.config.sources import BadConfiguration
from app.transaction import after_commit

__all__ = ["JobTimeout", "bell", "enqueue", "ring", "set_up_queue"]

EXTENSION = "casey.queue"
# What is earlier in the list is done first: mail that arrives must not wait behind a server that takes none.
NAMES = ("casey:in", "casey:out")
OUTGOING = {"mail.send_outbound", "mail.sweep_outbox"}
LONGEST_JOB = 300
PAUSE_WHEN_DOWN = 2.0

log = logging.getLogger(__name__)


class Bell:
    """The connection of this process to the queue."""

    def __init__(self, url: str) -> None:
        self.connection = Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=2.0)
        self.queues = [Queue(name, connection=self.connection, serializer=JSONSerializer) for name in NAMES]
        self._silent_until = 0.0

    def ring(self, job: str, *args: int | str, ttl: int | None = None) -> None:
        """Put a job, named by its dotted path below app.jobs, on the queue."""
        if time.monotonic() < self._silent_until:
            return
        try:
            self.queues[job in OUTGOING].enqueue_call(
                f"app.jobs.{job}", args=args, timeout=LONGEST_JOB, ttl=ttl, result_ttl=0, failure_ttl=3600
            )
        except (RedisError, OSError) as error:
            # Asking a dead store again for every mail would slow every answer down.
            self._silent_until = time.monotonic() + PAUSE_WHEN_DOWN
            log.warning("queue unreachable job=%s error=%s", job, type(error).__name__)


def set_up_queue(app: Flask, url: str | None) -> None:
    """Give the application its bell; without a store (a command, a test) every ring is left to the sweep."""
    try:
        app.extensions[EXTENSION] = Bell(url) if url else None
    except ValueError as error:
        raise BadConfiguration(f"REDIS_URL cannot be used: {error}") from error


def bell() -> Bell | None:
    """The bell of this process."""
    found: Bell | None = current_app.extensions[EXTENSION]
    return found


def enqueue(job: str, id: int) -> None:
    """Ring for a row when the transaction has been committed."""
    after_commit(partial(ring, job, id))


def ring(job: str, *args: int | str, ttl: int | None = None) -> None:
    """Ring at once; for periodic work, which has no transaction of its own."""
    found = bell()
    if found is not None:
        found.ring(job, *args, ttl=ttl)
