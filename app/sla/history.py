"""What has happened to a case since it was opened, as far as it counts, read from the log."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.cases.models import Case, CustomStatus, Post, State, Status
from app.events import Event
from app.extensions import db
from app.people.models import TEAM_ROLES, Person
from app.sla.moments import Moment, Said, Standing, said_by

MOVES = ("status_changed", "case_closed", "case_reopened")
MARKS: Mapping[str, Mapping[str, Any]] = {
    "case_marked_spam": {"spam": True},
    "case_unmarked_spam": {"spam": False},
    "case_trashed": {"trashed": True},
    "case_restored": {"spam": False, "trashed": False},
    "case_merged": {"merged": True},
    "case_unmerged": {"merged": False},
}
OPENINGS = ("case_opened", "case_confirmed", "case_split_off")
CUSTOM = "custom_status_changed"
COUNTS = (*OPENINGS, *MOVES, *MARKS, CUSTOM, "message_posted")


def moments_of(case: Case) -> list[Moment]:
    """What counts, in its order, from the opening on, or the confirmation; nothing of a case that was opened elsewhere.

    It is measured from the moment of its confirmation, which is that of its opening where none was needed.
    """
    found, opened, answered = [], False, False
    standing, first = Standing(), None
    events = _events(case)
    resting = _resting_labels() if any(one.name == CUSTOM for one in events) else set()
    for event in events:
        standing, said = _stood(standing, event, resting), _said(event, case)
        first = first or (said if event.name in OPENINGS else None)
        opening = not opened and _opens(event)
        if opening and case.confirmed_at is not None:
            found.append(Moment(case.confirmed_at, standing, first, opening=True))
            opened, answered = True, first is Said.ANSWER
        elif opened:
            found.append(Moment(event.created_at, standing, said, answered=answered))
            answered = answered or said is Said.ANSWER
    return found


def _events(case: Case) -> Sequence[Any]:
    columns = (Event.name, Event.created_at, Event.old, Event.new, Event.actor_id, Person.role)
    query = select(*columns).outerjoin(Person, Person.id == Event.actor_id)
    which = Event.case_id == case.id, Event.name.in_(COUNTS)
    return db.session.execute(query.where(*which).order_by(Event.sequence)).all()


def _opens(event: Any) -> bool:
    return event.name in OPENINGS and not (event.name == "case_opened" and event.new["state"] == State.PENDING)


def _said(event: Any, case: Case) -> Said | None:
    if event.name == "case_split_off":
        return Said.QUESTION
    if event.name not in ("case_opened", "message_posted") or _by_robot(event):
        return None
    return said_by(team=event.role in TEAM_ROLES, author_id=event.actor_id, case=case)


def _by_robot(event: Any) -> bool:
    if event.name == "message_posted":
        return bool(event.new["robot"])
    post = db.session.get(Post, event.new["post"])  # mostly it is at hand
    return post is not None and post.robot


def _stood(was: Standing, event: Any, resting: set[str]) -> Standing:
    if event.name in MOVES:
        return replace(was, status=Status(event.new), resting=False)
    if event.name == CUSTOM:
        return replace(was, resting=event.new in resting)
    return replace(was, **MARKS.get(event.name, {}))


def _resting_labels() -> set[str]:
    """The statuses of the operator's own in which nothing runs."""
    query = select(CustomStatus.label).where(CustomStatus.sla_active.is_(False), CustomStatus.deleted_at.is_(None))
    return set(db.session.scalars(query))
