"""Undoing a merge of cases, by what its event says was moved."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.cases.leaving import remove_participant
from app.cases.links import Link
from app.cases.models import Case, CustomStatus, Status
from app.cases.moving import move_posts, move_some
from app.cases.queries import first_post_id
from app.errors import Conflict
from app.events import Event, record
from app.extensions import db
from app.people.merging import present_ids
from app.people.models import Person


def unmerge_case(case: Case, *, by: Person | None) -> None:
    """Undo a merge: what was moved comes back, and the customers who joined by it are taken out of the other case.

    Raises Conflict for a case that is not merged, whose target has itself been merged since, or when one of the two
    would have no message.
    """
    into = case.merged_into
    if into is None:
        raise Conflict("This case is not merged.")
    if into.merged_into_id is not None:
        raise Conflict(f"The case {into.reference} has itself been merged; undo that first.")
    merge = _newest(case, "case_merged")
    assert merge is not None  # or it would not be merged
    move_posts(merge.new["posts"], into.id, case.id)
    move_some(Link, merge.new["links"], into.id, case.id)
    _check_messages(case, into)
    _stand_again(case, merge.old)
    leaving = _joined(merge.new)
    for person in leaving:
        remove_participant(into, person, by=by)
    record(case, "case_unmerged", by=by, old={"into": into.id, "left": [one.id for one in leaving]})


def left_by_undoing(case: Case, into: Case) -> set[int]:
    """Who was taken out of the other case when the last merge into it was undone."""
    undone = _newest(case, "case_unmerged")
    return present_ids(undone.old.get("left", ())) if undone and undone.old["into"] == into.id else set()


def _newest(case: Case, name: str) -> Event | None:
    query = select(Event).where(Event.case_id == case.id, Event.name == name)
    return db.session.scalar(query.order_by(Event.sequence.desc()).limit(1))


def _check_messages(*cases: Case) -> None:
    for one in cases:
        if first_post_id(one) is None:
            told = f"All messages of the case {one.reference} have been split off or deleted since"
            raise Conflict(f"{told}, and nothing would be left in it. Merge back what was split off first.")


def _stand_again(case: Case, was: dict[str, Any]) -> None:
    """A status of the operator's own, which has got another base meanwhile, is not given back."""
    case.merged_into, case.status = None, Status(was["status"])
    custom = db.session.get(CustomStatus, was["custom_status"]) if was["custom_status"] else None
    case.custom_status = custom if custom and custom.base is case.status else None
    case.closed_at = datetime.fromisoformat(was["closed_at"]) if was["closed_at"] else None


def _joined(merge: dict[str, Any]) -> list[Person]:
    """The customers who were not in the other case before, whoever they are by now; the team may stay."""
    ids = present_ids(merge["joined"]) - present_ids(merge.get("inside", ()))
    people = db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    return [person for person in people if not person.team]
