"""Answers that last. Each holds a thread of the web server, so that only some may last at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from app.errors import Busy

# The server has some threads a process (app.cli.daemon): enough must stay free for answers that do not last.
MOST_STREAMS, MOST_WAITING = 3, 2

_streams, _waiting = BoundedSemaphore(MOST_STREAMS), BoundedSemaphore(MOST_WAITING)


def take_stream() -> Callable[[], None]:
    """Take a place for a stream; what comes back gives it up. Raises Busy when there is none."""
    if not _streams.acquire(blocking=False):
        raise Busy("As many streams are open as this server holds. Please try again later, or read page by page.")
    return _streams.release


@contextmanager
def place_to_wait() -> Iterator[bool]:
    """Whether this request may wait; one that may not answers with what there is."""
    taken = _waiting.acquire(blocking=False)
    try:
        yield taken
    finally:
        if taken:
            _waiting.release()
