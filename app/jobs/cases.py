"""Jobs of the cases."""

from functools import partial

from app.cases.emptying import doomed_cases, purge_if_doomed, settle_emptying, undone_emptyings
from app.cases.invitations import lapsed_cases, remind_team_of, tell_team_of, untold_cases
from app.cases.lifecycle import close_if_idle, idle_cases
from app.cases.scheduling import cases_with_due_messages, send_due_messages
from app.cases.snoozing import rested_cases, wake_if_rested
from app.cases.unused_files import doubted_files, forget_if_unused
from app.jobs.turns import one_by_one
from app.transaction import reading, transaction


def close_idle() -> None:
    """Close the cases that lie idle."""
    one_by_one(idle_cases, close_if_idle)


def remind_team() -> None:
    """Remind whoever has not answered an invitation, and tell the team of cases of which nobody was told."""
    one_by_one(lapsed_cases, remind_team_of)
    one_by_one(untold_cases, tell_team_of)


def send_scheduled() -> None:
    """Send the messages whose time has come."""
    one_by_one(cases_with_due_messages, send_due_messages)


def wake_snoozed() -> None:
    """Wake the cases that have been put off long enough."""
    one_by_one(rested_cases, wake_if_rested)


def empty_trash(emptying_id: int) -> None:
    """Purge what was in the trash when somebody wanted it emptied."""
    one_by_one(partial(doomed_cases, emptying_id), partial(purge_if_doomed, emptying_id))
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
    one_by_one(doubted_files, forget_if_unused)
