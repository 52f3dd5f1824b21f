"""The doorbell: tells a worker that a row wants work. The only producer-side importer of rq.

What is to be done stands in the database; a ring that is lost is made up for by the sweep. So a store that is down
costs a moment's wait at most, and never an answer.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from rq.timeouts import BaseTimeoutException as JobTimeout

from app.config.sources import BadConfiguration
from app.transaction import after_commit

__all__ = ["NEWS", "JobTimeout", "announce", "bell", "cases_in", "enqueue", "listening", "ring", "set_up_queue"]

EXTENSION = "casey.queue"
# What is earlier in the list is done first: mail that arrives must not wait behind a server that takes none.
NAMES = ("casey:in", "casey:out", "casey:webhooks")
NEWS = "casey:events"
OUTGOING = {"mail.send_outbound": 1, "mail.sweep_outbox": 1, "webhooks.dispatch": 2, "webhooks.deliver_to": 2}
LONGEST_JOB = 300
PAUSE_WHEN_DOWN = 2.0
MOST_NAMED = 100

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
            self.queues[OUTGOING.get(job, 0)].enqueue_call(
                f"app.jobs.{job}", args=args, timeout=LONGEST_JOB, ttl=ttl, result_ttl=0, failure_ttl=3600
            )
        except (RedisError, OSError) as error:
            self._rest(job, error)

    def announce(self, cases: str) -> None:
        """Wake everybody who waits for events of these cases."""
        if time.monotonic() < self._silent_until:
            return
        try:
            self.connection.publish(NEWS, cases)
        except (RedisError, OSError) as error:
            # Nobody waits for long: whoever listens also looks by himself.
            self._rest("announce", error, logging.INFO)

    def _rest(self, job: str, error: Exception, level: int = logging.WARNING) -> None:
        """Asking a dead store again for every mail would slow every answer down."""
        self._silent_until = time.monotonic() + PAUSE_WHEN_DOWN
        log.log(level, "queue unreachable job=%s error=%s", job, type(error).__name__)


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


class Announcement:
    """Wakes everybody who waits for events, in every process, and says of which cases these are: once a commit."""

    def __init__(self) -> None:
        self.cases: set[int | None] = set()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Announcement)

    def __hash__(self) -> int:
        return hash(Announcement)

    def __call__(self) -> None:
        found = bell()
        if found is not None:
            found.announce(_spelled(self.cases))


def _spelled(cases: Collection[int | None]) -> str:
    """The numbers of cases in words of the store; nothing stands for whatever it may be."""
    return " ".join(map(str, cases)) if None not in cases and len(cases) <= MOST_NAMED else ""


def cases_in(news: bytes) -> frozenset[int] | None:
    """The cases that something happened to; None for whatever it may be."""
    return frozenset(map(int, news.split())) or None


def announce(case_id: int | None) -> None:
    """Wake everybody who waits for events when the transaction has been committed."""
    after_commit(Announcement()).cases.add(case_id)


@contextmanager
def listening() -> Iterator[Callable[[float], None]]:
    """A way to wait for at most so many seconds, less when events are announced meanwhile."""
    found = bell()
    if found is None:
        yield time.sleep
        return
    with found.connection.pubsub(ignore_subscribe_messages=True) as news:  # type: ignore[no-untyped-call]

        def wait(seconds: float) -> None:
            began = time.monotonic()
            try:
                if not news.subscribed:
                    news.subscribe(NEWS)
                news.get_message(timeout=seconds)
            except (RedisError, OSError):
                time.sleep(max(0.0, began + seconds - time.monotonic()))

        yield wait
