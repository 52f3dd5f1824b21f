"""What can be done to many cases: each act is the verb that does the same to one, and takes what that one takes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.bulk.kinds import BulkAct, Json
from app.cases.assignment import assign_to
from app.cases.changing import FOUND_BY, change_case
from app.cases.content import Content
from app.cases.discarding import mark_spam, restore_case, trash_case, unmark_spam
from app.cases.labels import attach_labels, detach_labels, replace_labels
from app.cases.leaving import remove_participant
from app.cases.lifecycle import close_case, reopen_case
from app.cases.merging import merge_cases
from app.cases.models import Case, Priority, Status
from app.cases.notes import write_note
from app.cases.participation import add_participant
from app.cases.posting import post_message
from app.cases.purging import locked_with_merged, purge_case
from app.cases.queries import case_by_uuid, case_for_change, locked_together
from app.cases.snoozing import snooze_case, wake_case
from app.cases.unmerging import unmerge_case
from app.mail.deciding.newcomers import newcomer
from app.people.access import Act
from app.people.models import Person
from app.people.persons import known_person

Verb = Callable[[Case, Json, Person | None], object]

# What a job keeps as plain JSON, and how it is read when its turn has come.
READ: Mapping[str, Callable[[str], Any]] = {
    "sender": lambda address: known_person(address, field="from"),
    "until": datetime.fromisoformat,
    "priority": Priority,
    "status": Status,
}


def _read(options: Json) -> Json:
    return {name: _value(name, value) if value else value for name, value in options.items()}


def _value(name: str, value: Any) -> Any:
    if name in FOUND_BY:
        return FOUND_BY[name](UUID(value))
    return READ[name](value) if name in READ else value


def _on_case(verb: Verb, needs: Act = Act.WRITE_CASES, *, lock: Callable[[Case], Case] | None = None) -> BulkAct:
    """The verb, for a row that names a case."""

    def do(given: Json, options: Json, by: Person | None) -> Json:
        verb(case_for_change(UUID(given["case"]), lock=lock), _read(options), by)
        return given

    return BulkAct(needs, do)


def _together(verb: Callable[[Case, Case, Json, Person | None], object]) -> BulkAct:
    """The verb, for a row that names a case, together with the one it is or was merged into."""

    def do(given: Json, options: Json, by: Person | None) -> Json:
        case, read = case_by_uuid(UUID(given["case"])), _read(options)
        other = read.get("into") or case.merged_into or case
        locked_together(case, other)
        verb(case, other, read, by)
        return given

    return BulkAct(Act.MERGE_CASES, do)


def _add(case: Case, who: Json, by: Person | None) -> None:
    add_participant(case, newcomer(case, who["email"], who["name"]), by=by)


def _post(case: Case, new: Json, _: Person | None) -> None:
    post_message(case, new["message"], by=new["sender"], channel="api", content=Content(html=new.get("html")))


def _note(case: Case, new: Json, _: Person | None) -> None:
    write_note(case, new["note"], by=new["sender"], channel="api", content=Content(html=new.get("html")))


ON_CASES: Mapping[str, BulkAct] = {
    "change": _on_case(lambda case, changes, by: change_case(case, changes, by=by)),
    "assign": _on_case(lambda case, whom, by: assign_to(case, whom, by=by)),
    "close": _on_case(lambda case, _, by: close_case(case, by=by)),
    "reopen": _on_case(lambda case, _, by: reopen_case(case, by=by)),
    "snooze": _on_case(lambda case, new, by: snooze_case(case, new["until"], by=by)),
    "unsnooze": _on_case(lambda case, _, by: wake_case(case, by=by)),
    "tag": _on_case(lambda case, new, by: attach_labels(case, new["tags"], by=by)),
    "untag": _on_case(lambda case, new, by: detach_labels(case, new["tags"], by=by)),
    "retag": _on_case(lambda case, new, by: replace_labels(case, new["tags"], by=by)),
    "message": _on_case(_post),
    "note": _on_case(_note),
    "add_participant": _on_case(_add),
    "remove_participant": _on_case(lambda case, who, by: remove_participant(case, who["person"], by=by)),
    "merge": _together(lambda case, into, new, by: merge_cases(case, into, share=new["share"], by=by)),
    "unmerge": _together(lambda case, _into, _new, by: unmerge_case(case, by=by)),
    "spam": _on_case(lambda case, _, by: mark_spam(case, by=by), Act.DISCARD_CASES),
    "unspam": _on_case(lambda case, _, by: unmark_spam(case, by=by), Act.DISCARD_CASES),
    "trash": _on_case(lambda case, _, by: trash_case(case, by=by), Act.DISCARD_CASES),
    "restore": _on_case(lambda case, _, by: restore_case(case, by=by), Act.DISCARD_CASES),
    "purge": _on_case(lambda case, _, by: purge_case(case, by=by), Act.PURGE_CASES, lock=locked_with_merged),
}
