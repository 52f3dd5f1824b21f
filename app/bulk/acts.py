"""What long work there is: each act is made of the verbs that do the same alone, and says who may order it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from app.bulk.kinds import BulkAct, SteppedAct
from app.cases.discarding import mark_spam, restore_case, trash_case, unmark_spam
from app.cases.importing import import_case
from app.cases.labels import attach_labels, detach_labels
from app.cases.lifecycle import close_case, reopen_case
from app.cases.models import Case
from app.cases.queries import case_for_change
from app.people.access import Act
from app.people.models import Person
from app.privacy.erasing import erase
from app.privacy.redacting import redact

Json = dict[str, Any]


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
IMPORT, ERASE, REDACT = "import", "erase_person", "redact"
ACTS: Mapping[str, BulkAct | SteppedAct] = {
    **ON_CASES,
    IMPORT: BulkAct(Act.IMPORT_CASES, lambda given, _, by: import_case(given, by=by)),
    ERASE: SteppedAct(Act.PROTECT_PRIVACY, erase),
    REDACT: SteppedAct(Act.PROTECT_PRIVACY, redact),
}
