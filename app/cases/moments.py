"""When what happened to a case last, and by whom: kept on its row, so that a list need not look into the log.

Only what changes the row anyway is noted, so that noting it costs no statement of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from app.cases.models import Case, PostKind, Status
from app.clock import now
from app.events import Event
from app.extensions import db
from app.people.models import Person

Note = Callable[[Case, Event], None]

# By where a case stands: the moment, and whoever brought it there if that is noted.
STANDING: Mapping[Status, tuple[str, str]] = {
    Status.OPEN: ("last_opened_at", ""),
    Status.WAITING: ("last_pending_at", ""),
    Status.RESOLVED: ("last_completed_at", "last_completed_by_id"),
    Status.CLOSED: ("last_closed_at", "last_closed_by_id"),
}
REPLIES = ("last_reply_by_agent_at", "last_reply_by_requester_at")
ACTIVITIES = ("last_agent_activity_at", "last_customer_activity_at")


def note_moments(event: Event) -> None:
    """Note on its case what the table of notes says of an event. Persons and organizations change, too."""
    notes = NOTED.get(event.name, ())
    if notes and event.subject_table == Case.__tablename__:
        case = db.session.get_one(Case, event.case_id)
        for note in notes:
            note(case, event)


def note_written(case: Case, by: Person, at: datetime, kind: PostKind) -> None:
    """Note that somebody wrote then: a message is an answer, a note only shows that he was there."""
    _was_active(case, by, at)
    if kind is PostKind.NOTE:
        return
    if case.last_replied_at is None or case.last_replied_at <= at:
        case.last_replied_at, case.last_replier_id = at, by.id
    if by.team:
        _later(case, "last_reply_by_agent_at", at)
    if by.id == case.requester_id:
        _later(case, "last_reply_by_requester_at", at)


def note_all_written(case: Case, wrote: Iterable[tuple[Person, datetime, PostKind]]) -> None:
    """The same of all that stands on a case which has come about at once."""
    for by, at, kind in wrote:
        note_written(case, by, at, kind)


def keep_later(case: Case, into: Case) -> None:
    """What was written on one case was written on another: the later moments of both stand."""
    at, there = case.last_replied_at, into.last_replied_at
    if at and (there is None or at > there):
        into.last_replied_at, into.last_replier_id = case.last_replied_at, case.last_replier_id
    for name in (*REPLIES, *ACTIVITIES):
        if at := getattr(case, name):
            _later(into, name, at)


def _later(case: Case, name: str, at: datetime) -> None:
    setattr(case, name, max(getattr(case, name) or at, at))


def _was_active(case: Case, by: Person, at: datetime) -> None:
    _later(case, ACTIVITIES[0] if by.team else ACTIVITIES[1], at)
    if by.id == case.assignee_id:
        _later(case, "latest_assignee_update_at", at)


def _changed(case: Case, event: Event) -> None:
    """Somebody changed it; what Casey does by itself is nobody's change."""
    by = db.session.get(Person, event.actor_id) if event.actor_id else None
    if by is None:
        return
    at = now()
    case.last_updated_by_id = by.id
    _was_active(case, by, at)
    if by.team:
        case.agent_updated_at = at


def _stands(case: Case, event: Event) -> None:
    moment, person = STANDING.get(case.status, ("", ""))
    if moment:
        setattr(case, moment, now())
    if person:
        setattr(case, person, event.actor_id)


def _assigned(case: Case, event: Event) -> None:
    case.last_assigned_at, case.last_assigned_by_id = now(), event.actor_id


NOTED: Mapping[str, tuple[Note, ...]] = {
    **dict.fromkeys(("case_assigned", "team_assigned"), (_assigned, _changed)),
    **dict.fromkeys(("status_changed", "case_closed", "case_reopened", "case_merged"), (_stands, _changed)),
    **dict.fromkeys(("case_marked_spam", "case_unmarked_spam", "case_trashed", "case_restored"), (_changed,)),
    **{
        f"{fact}_changed": (_changed,)
        for fact in ("subject", "type", "category", "language", "meta", "priority", "custom_status", "requester")
    },
    **dict.fromkeys(("case_snoozed", "case_woken"), (_changed,)),
}
