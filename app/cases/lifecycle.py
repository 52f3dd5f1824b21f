"""Where a case stands: closing it, reopening it, and closing what lies idle."""

from sqlalchemy import select

from app.cases.models import Case, State, Status
from app.cases.queries import locked
from app.cases.snoozing import awake, snoozed
from app.clock import now
from app.config import settings
from app.errors import Conflict
from app.events import record
from app.extensions import db
from app.people.models import Person

BATCH = 100


def set_status(case: Case, status: Status, *, by: Person | None) -> None:
    """Say where the case stands. The status it has already changes nothing."""
    if case.status is not status or case.custom_status is not None:
        was, case.status, case.custom_status = case.status, status, None
        record(case, "status_changed", by=by, old=was, new=status)


def close_case(case: Case, *, by: Person | None, idle: bool = False) -> None:
    """Close the case. Closing a closed case changes nothing."""
    if not case.closed:
        was, case.status, case.closed_at = case.status, Status.CLOSED, now()
        case.custom_status = None
        record(case, "case_closed", by=by, old=was, new=Status.CLOSED, idle=idle)


def reopen_case(case: Case, *, by: Person | None) -> None:
    """Open a closed case again. Reopening an open one changes nothing; raises Conflict for spam and trash."""
    if case.discarded:
        raise Conflict("A case in the trash or marked as spam must be restored first.")
    if case.closed:
        case.status, case.closed_at = Status.OPEN, None
        case.last_post_at = now()  # or the next look for idle cases would close it again at once
        record(case, "case_reopened", by=by, old=Status.CLOSED, new=Status.OPEN)


def idle_cases(*, skip: int) -> list[int]:
    """The ids of a batch of cases in which nothing was written for caseCloseIdle, the longest first."""
    longest = settings().case_close_idle
    if longest is None:
        return []
    query = (
        select(Case.id)
        .where(Case.status.in_([status for status in Status if status is not Status.CLOSED]))
        .where(Case.last_post_at < now() - longest, awake())
        .where(Case.confirmed_at.is_not(None), Case.spam_at.is_(None), Case.trashed_at.is_(None))
        .order_by(Case.last_post_at, Case.id)
        .offset(skip)
        .limit(BATCH)
    )
    return list(db.session.scalars(query))


def close_if_idle(case_id: int) -> bool:
    """Close a case, unless somebody wrote to it or put it off meanwhile. Says that nothing is left to be done."""
    case, longest = locked(db.session.get_one(Case, case_id)), settings().case_close_idle
    idle = longest is not None and case.last_post_at < now() - longest
    if idle and case.state is State.ACTIVE and not snoozed(case):
        close_case(case, by=None, idle=True)
    return True
