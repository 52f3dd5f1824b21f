"""Waiting for what happens next, with nothing of the database held meanwhile."""

import time
from collections.abc import Callable, Generator

import sqlalchemy as sa

from app.feed.reading import read_on
from app.feed.telling import Json, told
from app.queue import listening
from app.transaction import reading

# An announcement may be lost, and one may come while an older transaction still runs: then this is how long it takes.
# So it is until a server that is told to stop need not wait for us.
PERIOD = 0.5

Page = tuple[list[Json], int]
_stopping: Callable[[], bool] = bool


def wait_no_longer_when(stopping: Callable[[], bool]) -> None:
    """Say how to see that this process is to stop. Called once, by whoever serves."""
    global _stopping
    _stopping = stopping


def stopping() -> bool:
    """Whether this process is to stop."""
    return _stopping()


def pages(after: int, *, lasting: float, limit: int, which: sa.ColumnElement[bool]) -> Generator[Page]:
    """What is behind a number, page by page, and the number to go on from; empty pages while nothing happens.

    The first page comes at once; the last when so many seconds have passed, or when this process is to stop.
    """
    end = time.monotonic() + lasting
    with listening() as wait:
        while True:
            with reading():
                events, after = read_on(after, limit=limit, which=which)
                page = told(events)
            yield page, after
            left = end - time.monotonic()
            if left <= 0 or stopping():
                return
            if len(page) < limit:
                wait(min(PERIOD, left))
