"""Cases that are no cases: spam, and what belongs into the trash. Both can be taken back."""

from app.cases.models import Case
from app.clock import now
from app.events import record
from app.people.models import Person


def mark_spam(case: Case, *, by: Person | None) -> None:
    """Say that a case is spam. Nothing more is mailed of it, and it takes no messages."""
    if case.spam_at is None:
        was, case.spam_at = case.state, now()
        record(case, "case_marked_spam", by=by, old=was, new=case.state)


def unmark_spam(case: Case, *, by: Person | None) -> None:
    """Say that a case is no spam after all."""
    if case.spam_at is not None:
        was, case.spam_at = case.state, None
        record(case, "case_unmarked_spam", by=by, old=was, new=case.state)


def trash_case(case: Case, *, by: Person | None) -> None:
    """Put a case into the trash. Nothing more is mailed of it, and it takes no messages."""
    if case.trashed_at is None:
        was, case.trashed_at = case.state, now()
        record(case, "case_trashed", by=by, old=was, new=case.state)


def restore_case(case: Case, *, by: Person | None) -> None:
    """Take a case out of the trash, and say that it is no spam."""
    if case.trashed_at is not None or case.spam_at is not None:
        was, case.trashed_at, case.spam_at = case.state, None, None
        record(case, "case_restored", by=by, old=was, new=case.state)
