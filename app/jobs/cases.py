"""Jobs of the cases."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.cases.emptying import doomed_cases, purge_if_doomed, settle_emptying, undone_emptyings
from app.cases.invitations import lapsed_cases, remind_team_of, tell_team_of, untold_cases
from app.cases.lifecycle import close_if_idle, idle_cases
from app.cases.scheduling import cases_with_due_messages, send_due_messages
from app.cases.snoozing import rested_cases, wake_if_rested
from app.cases.unused_files import doubted_files, forget_if_unused
from app.queue import JobTimeout
from app.transaction import reading, transaction

log = logging.getLogger(__name__)


class Batch(Protocol):
    """A look-up of the next cases there is something to do about, without the first ``skip``."""

    def __call__(self, *, skip: int) -> list[int]: ...


def close_idle() -> None:
    """Close the cases that lie idle."""
    _one_by_one(idle_cases, close_if_idle)


def remind_team() -> None:
    """Remind whoever has not answered an invitation, and tell the team of cases of which nobody was told."""
    _one_by_one(lapsed_cases, remind_team_of)
    _one_by_one(untold_cases, tell_team_of)


def send_scheduled() -> None:
    """Send the messages whose time has come."""
    _one_by_one(cases_with_due_messages, send_due_messages)


def wake_snoozed() -> None:
    """Wake the cases that have been put off long enough."""
    _one_by_one(rested_cases, wake_if_rested)


def empty_trash(emptying_id: int) -> None:
    """Purge what was in the trash when somebody wanted it emptied."""
    _one_by_one(partial(doomed_cases, emptying_id), partial(purge_if_doomed, emptying_id))
    with transaction():
        settle_emptying(emptying_id)


def sweep_trash() -> None:
    """Go on with emptyings whose ring was lost, or whose worker died or had no more time."""
    with reading():
        undone = undone_emptyings()
    for emptying_id in undone:
        empty_trash(emptying_id)


def forget_unused_files() -> None:
    """Remove the contents that nobody uses any more."""
    _one_by_one(doubted_files, forget_if_unused)


def _one_by_one(batch: Batch, act: Callable[[int], bool]) -> None:
    """Do something about each case, in a transaction of its own, so that one which fails holds up no other."""
    left = 0
    while case_ids := _read(batch, left):
        left += [_done(act, case_id) for case_id in case_ids].count(False)


def _read(batch: Batch, skip: int) -> list[int]:
    with reading():
        return batch(skip=skip)


def _done(act: Callable[[int], bool], case_id: int) -> bool:
    try:
        with transaction():
            return act(case_id)
    except JobTimeout:
        raise
    except Exception:
        # Whatever is wrong with this case, the next one must have its turn; this one is tried again.
        log.exception("periodic work failed case=%s job=%s", case_id, getattr(act, "__name__", act))
        return False
