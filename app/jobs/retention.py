"""Jobs that keep to the rules of how long something is kept. What a turn has done stands in the audit log."""

from app.events import record
from app.jobs.turns import one_by_one
from app.privacy.house import HOUSE
from app.privacy.retention import drop_if_old, old_cases, old_mails, remove_if_old
from app.transaction import transaction

MOST = 1000  # in a turn, so that the first one after a rule was set is not endless


def remove_old_cases() -> None:
    """Remove for good the cases that were closed longer ago than caseKeepClosed."""
    _note("cases", one_by_one(old_cases, remove_if_old, most=MOST))


def drop_old_mails() -> None:
    """Drop the content of mails that came longer ago than mailKeepRaw."""
    _note("raw_emails", one_by_one(old_mails, drop_if_old, most=MOST))


def _note(what: str, count: int) -> None:
    if count:
        with transaction():
            record(HOUSE, "retention_kept", by=None, new={what: count})
