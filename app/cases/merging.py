"""Merging a case into another one.

Whatever is in the merged case is found in the other one from then on, and its mail goes there. What was moved stands in
the event, which is what undoing goes by.
"""

from collections.abc import Sequence
from typing import Any

from app.cases.links import Link
from app.cases.models import Case, Participant, Post, State, Status
from app.cases.moments import keep_later
from app.cases.moving import move_all, move_some
from app.cases.participation import active_participants
from app.cases.queries import locked_together
from app.cases.ratings import Rating
from app.cases.unmerging import left_by_undoing
from app.clock import now
from app.errors import Conflict, Invalid
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.timeline import TimelineEntry


def merge_cases(case: Case, into: Case, *, by: Person | None, share: bool = False) -> None:
    """Merge a case into another one, which everybody in it joins. The merged one is closed.

    Raises Invalid for a case and itself, and Conflict for one that is merged, pending, spam or in the trash. Unless
    ``share`` says that the customers of each may read what those of the other wrote, both must have the same ones.
    """
    if case is into:
        raise Invalid("A case cannot be merged into itself.", field="into")
    for one in (case, into):
        check_in_play(one)
    if not share:
        _check_same_customers(case, into)
    moved = _moved(case, into)
    was = _standing(case)
    case.merged_into, case.status, case.custom_status_id, case.closed_at = into, Status.CLOSED, None, now()
    inside = [one.person_id for one in into.participants if one.removed_at is None]
    joined = [one.person_id for one in _newcomers(case, into)]
    _keep_times(case, into)
    record(case, "case_merged", by=by, old=was, new={"into": into.id, "inside": inside, "joined": joined, **moved})
    for person_id in joined:
        record(into, "participant_joined", by=by, new=person_id)


def merge_together(cases: Sequence[Case], *, by: Person | None, share: bool = False) -> Case:
    """Merge cases into the oldest of them, which is returned. Raises what ``merge_cases`` does."""
    locked_together(*cases)
    into, *others = sorted(cases, key=lambda one: (one.created_at, one.id))
    for one in others:
        merge_cases(one, into, by=by, share=share)
    return into


def check_in_play(case: Case) -> None:
    """Raises Conflict for a case with which nothing of this kind can be done."""
    if case.merged_into_id is not None:
        raise Conflict(f"The case {case.reference} has been merged into another one.")
    if case.state is not State.ACTIVE:
        raise Conflict(f"The case {case.reference} is {case.state}.")


def _check_same_customers(case: Case, into: Case) -> None:
    ours, theirs = ({one.person_id for one in active_participants(of) if not one.person.team} for of in (case, into))
    if ours != theirs:
        raise Conflict(
            "The customers in these cases are not the same, and would read what others wrote. Say share if they may.",
            field="share",
        )


def _moved(case: Case, into: Case) -> dict[str, list[int]]:
    """Move what is in a case, and where its links lead. What somebody thought of it as a whole stays."""
    posts = move_all(Post, case.id, into.id)
    move_some(TimelineEntry, posts, case.id, into.id)
    move_all(Rating, case.id, into.id, Rating.post_id.is_not(None))
    return {"posts": posts, "links": move_all(Link, case.id, into.id)}


def _newcomers(case: Case, into: Case) -> list[Participant]:
    """Those who join by this. Who was taken out of either case stays out; his address is still kept from the others."""
    again = _joining_again(case, into)
    for one in again:
        one.removed_at = None
    known = {one.person_id for one in into.participants}
    new = [
        Participant(person=one.person, alias=one.alias, removed_at=one.removed_at, muted_at=one.muted_at)
        for one in case.participants
        if one.person_id not in known
    ]
    into.participants.extend(new)
    db.session.flush()
    return again + [one for one in new if one.removed_at is None]


def _joining_again(case: Case, into: Case) -> list[Participant]:
    """Those whom only the undoing of an earlier merge took out."""
    here, left = {one.person_id for one in active_participants(case)}, left_by_undoing(case, into)
    return [one for one in into.participants if one.removed_at and one.person_id in here & left]


def _keep_times(case: Case, into: Case) -> None:
    for name in ("last_post_at", "last_customer_post_at", "last_team_post_at"):
        times = [at for at in (getattr(case, name), getattr(into, name)) if at is not None]
        setattr(into, name, max(times, default=None))
    keep_later(case, into)


def _standing(case: Case) -> dict[str, Any]:
    """Where a case stands, as JSON."""
    closed_at = case.closed_at.isoformat() if case.closed_at else None
    return {"status": case.status, "custom_status": case.custom_status_id, "closed_at": closed_at}
