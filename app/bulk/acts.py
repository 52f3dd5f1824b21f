"""What can be done in bulk: each act is the verb that does the same alone, and says who may order it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.cases.discarding import mark_spam, restore_case, trash_case, unmark_spam
from app.cases.importing import import_case
from app.cases.labels import attach_labels, detach_labels
from app.cases.lifecycle import close_case, reopen_case
from app.cases.models import Case
from app.cases.queries import case_for_change
from app.people.access import Act
from app.people.models import Person

Json = dict[str, Any]


@dataclass(frozen=True)
class BulkAct:
    """``do`` takes a row, the options of the job and who ordered it, and returns what the row came to."""

    needs: Act
    do: Callable[[Json, Json, Person | None], Json]


def _on_case(verb: Callable[[Case, Json, Person | None], object]) -> Callable[[Json, Json, Person | None], Json]:
    """The verb, for a row that names a case."""

    def do(given: Json, options: Json, by: Person | None) -> Json:
        case = case_for_change(UUID(given["case"]))
        verb(case, options, by)
        return {"case": str(case.uuid)}

    return do


ON_CASES: Mapping[str, BulkAct] = {
    "close": BulkAct(Act.WRITE_CASES, _on_case(lambda case, _, by: close_case(case, by=by))),
    "reopen": BulkAct(Act.WRITE_CASES, _on_case(lambda case, _, by: reopen_case(case, by=by))),
    "spam": BulkAct(Act.DISCARD_CASES, _on_case(lambda case, _, by: mark_spam(case, by=by))),
    "unspam": BulkAct(Act.DISCARD_CASES, _on_case(lambda case, _, by: unmark_spam(case, by=by))),
    "trash": BulkAct(Act.DISCARD_CASES, _on_case(lambda case, _, by: trash_case(case, by=by))),
    "restore": BulkAct(Act.DISCARD_CASES, _on_case(lambda case, _, by: restore_case(case, by=by))),
    "tag": BulkAct(Act.WRITE_CASES, _on_case(lambda case, options, by: attach_labels(case, options["tags"], by=by))),
    "untag": BulkAct(Act.WRITE_CASES, _on_case(lambda case, options, by: detach_labels(case, options["tags"], by=by))),
}
IMPORT = "import"
ACTS: Mapping[str, BulkAct] = {
    **ON_CASES,
    IMPORT: BulkAct(Act.IMPORT_CASES, lambda given, _, by: import_case(given, by=by)),
}
