"""Changing a case, or several in the same way, as Kayako's words say it."""

from collections.abc import Callable
from typing import Any

from app.api.kayako.case_facts import facts
from app.api.kayako.naming import in_words_of_kayako
from app.cases.changing import change_case
from app.cases.discarding import trash_case
from app.cases.labels import attach_labels, replace_labels
from app.cases.models import Case
from app.cases.notes import write_note
from app.cases.posting import post_message
from app.people.models import Person

Json = dict[str, Any]


def changed(case: Case, new: Json, *, by: Person) -> None:
    """Change what is said of a case; the tags that are given replace those it has."""
    with in_words_of_kayako():
        change_case(case, facts(new), by=by)
        if "tags" in new:
            replace_labels(case, new["tags"], by=by)


def changed_together(new: Json, *, by: Person) -> Callable[[Case], None]:
    """What is to be done to each of several cases: tags are added to those it has."""
    said = facts(new)

    def change(case: Case) -> None:
        with in_words_of_kayako(message="reply", note="notes"):
            change_case(case, said, by=by)
            attach_labels(case, new.get("tags", ()), by=by)
            if "notes" in new:
                write_note(case, new["notes"], by=by, channel="api")
            if "reply" in new:
                post_message(case, new["reply"], by=by, channel="api")
            if "state" in new:
                trash_case(case, by=by)

    return change
