"""One thing after the other, each in a transaction of its own."""

import logging
from collections.abc import Callable
from typing import Protocol

from app.queue import JobTimeout
from app.transaction import reading, transaction

log = logging.getLogger(__name__)


class Batch(Protocol):
    """A look-up of the next rows, mostly cases, there is something to do about, without the first ``skip``."""

    def __call__(self, *, skip: int) -> list[int]: ...


def one_by_one(batch: Batch, act: Callable[[int], bool], *, most: int | None = None) -> int:
    """Do something about each, so that one which fails holds up no other. Returns how many were done.

    No further batch is looked up once it is ``most``.
    """
    left = done = 0
    while (most is None or left + done < most) and (ids := _read(batch, left)):
        results = [_done(act, one) for one in ids]
        left, done = left + results.count(False), done + results.count(True)
    return done


def _read(batch: Batch, skip: int) -> list[int]:
    with reading():
        return batch(skip=skip)


def _done(act: Callable[[int], bool], id: int) -> bool:
    try:
        with transaction():
            return act(id)
    except JobTimeout:
        raise
    except Exception:
        # Whatever is wrong with this one, the next one must have its turn; it is tried again.
        log.exception("periodic work failed id=%s job=%s", id, getattr(act, "__name__", act))
        return False
