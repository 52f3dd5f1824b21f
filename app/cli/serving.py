"""What gunicorn is asked to do besides serving: its configuration, as a module."""

from typing import Protocol

from app.feed.waiting import wait_no_longer_when


class Server(Protocol):
    """A process of gunicorn: no longer ``alive`` as soon as it is told to stop."""

    alive: bool


def post_worker_init(worker: Server) -> None:
    """Streams end when this process is told to stop, which would wait for them otherwise."""
    wait_no_longer_when(lambda: not worker.alive)
