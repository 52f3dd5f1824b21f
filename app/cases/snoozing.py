"""Putting a case off for a while: nobody is reminded of it until its time has come or a customer writes."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import or_, select

from app.cases.models import UNDONE, Case, Status
from app.cases.queries import locked
from app.clock import now
from app.errors import Conflict, Invalid
from app.events import record
from app.extensions import db
from app.people.models import Person

BATCH = 100
LONGEST = timedelta(days=3653)
DONE = tuple(status for status in Status if status not in UNDONE)


def snooze_case(case: Case, until: datetime, *, by: Person | None) -> None:
    """Put the case off until then; another time replaces the first one.

    Raises Invalid for a time that is past or years away, Conflict for a case on which nothing is left to be done.
    """
    if until <= now():
        raise Invalid("A case can only be put off until later.", field="until")
    if until > now() + LONGEST:
        raise Invalid("A case can be put off for ten years at most.", field="until")
    if case.status not in UNDONE:
        raise Conflict(f"The case is {case.status}; there is nothing to be put off.")
    was, case.snoozed_until = case.snoozed_until, until.astimezone(UTC)
    if was != until:
        record(case, "case_snoozed", by=by, old=was.isoformat() if was else None, new=case.snoozed_until.isoformat())


def wake_case(case: Case, *, by: Person | None) -> None:
    """Put the case off no longer. One that is awake stays so."""
    if case.snoozed_until is not None:
        was, case.snoozed_until = case.snoozed_until, None
        record(case, "case_woken", by=by, old=was.isoformat())


def snoozed(case: Case) -> bool:
    """Whether the case is put off at this moment."""
    return case.snoozed_until is not None and case.snoozed_until > now()


def awake() -> sa.ColumnElement[bool]:
    """The same of cases in a query, the other way round."""
    return or_(Case.snoozed_until.is_(None), Case.snoozed_until <= now())


def rested_cases(*, skip: int) -> list[int]:
    """The ids of a batch of cases which have been put off long enough.

    What is done is left out, rather than what is undone looked up: or databases go by the status, through every case.
    """
    query = (
        select(Case.id)
        .where(Case.status.not_in(DONE), Case.snoozed_until <= now())
        .order_by(Case.snoozed_until, Case.id)
        .offset(skip)
        .limit(BATCH)
    )
    return list(db.session.scalars(query))


def wake_if_rested(case_id: int) -> bool:
    """Wake a case, unless it has been put off further meanwhile. Says that nothing is left to be done."""
    case = locked(db.session.get_one(Case, case_id))
    if not snoozed(case):
        wake_case(case, by=None)
    return True
