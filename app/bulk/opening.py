"""Opening many cases that were described before: all of them or none, unless it is said that some will do."""

from collections.abc import Sequence
from uuid import UUID

from app.bulk.attempts import attempt, told
from app.bulk.kinds import Json
from app.cases.importing import import_case
from app.cases.opening import check_free
from app.cases.queries import case_by_uuid
from app.errors import CaseyError, Invalid
from app.files.kept import Kept
from app.people.models import Person
from app.steps import Step

AT_ONCE = 20


def open_some(options: Json, state: Json, by: Person | None) -> Step:
    """Open the next of the ``cases``, each a description as imports have it, or the ``error`` that was found in it.

    Where some will do, which is ``partial``, that is a batch of them, and what is refused stands in the receipt. Else
    it is all of them, and one that is refused raises Invalid, which names each.
    """
    start, partial = state.get("next", 0), options["partial"]
    cases: Sequence[Json] = options["cases"]
    some = cases[start : start + AT_ONCE] if partial else cases
    results = [_opened(number, one, by) for number, one in enumerate(some, start)]
    refused = [one for one in results if "error" in one]
    if refused and not partial:
        raise _refusal(refused)
    opened = [*state.get("opened", ()), *(one["case"] for one in results if "case" in one)]
    told_of = {"opened": opened, "refused": [*state.get("refused", ()), *refused]}
    end, done = start + len(some), len(results) - len(refused)
    if end < len(cases):
        return Step({**told_of, "next": end}, done=done, total=len(cases))
    return Step({}, done=done, total=len(cases), receipt=told_of)


def _opened(number: int, described: Json, by: Person | None) -> Json:
    """The id of the case, or why it is refused."""
    if "error" in described:
        return {"position": number, "error": described["error"]}
    try:
        return {"position": number, "case": attempt(lambda: _open(described, by), f"a described case={number}")}
    except CaseyError as error:
        return {"position": number, "error": told(error)}


def _open(described: Json, by: Person | None) -> int:
    check_free(described.get("external_id"))
    return case_by_uuid(UUID(import_case(described, by=by, contents=_contents(described))["case"])).id


def _contents(described: Json) -> dict[str, Kept]:
    """The files that were sent before, by what they are known by. They wait for a day, whoever uses them."""
    files = (file for message in described["messages"] for file in message.get("attachments", ()))
    return {one["sha256"]: Kept(one["sha256"], one["size"]) for one in files}


def _refusal(refused: Sequence[Json]) -> Invalid:
    fields = {
        f"cases.{one['position']}" + (f".{name}" if name else ""): sentence
        for one in refused
        for name, sentence in (one["error"].get("errors") or {"": one["error"]["detail"]}).items()
    }
    return Invalid("Nothing was opened, since some of the cases are refused.", fields=fields)
