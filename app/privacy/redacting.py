"""Striking out a text, in one case or in the whole house, and leaving a mark where it was."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from app.cases.models import Case
from app.cases.queries import case_by_uuid
from app.errors import Invalid
from app.events import record
from app.people.models import Person
from app.privacy.house import HOUSE
from app.privacy.places import Place, only_in, places
from app.privacy.walking import Changes, Json, Row, let_go_of_job_files, struck_row, walk
from app.privacy.words import Words, any_of, spoken
from app.steps import Step

MARK = "[redacted]"
SHORTEST, LONGEST = 4, 1000


def check_redactable(text: str) -> str:
    """The text without blanks around it. Raises Invalid for one that is too short, or stands in what is left."""
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Invalid(f"This must be {SHORTEST} to {LONGEST:,} characters long.", field="text")
    if text.lower() in MARK:
        raise Invalid(f"This is a part of {MARK}, which stands for what was redacted.", field="text")
    return text


def redact(options: Json, state: Json, by: Person | None) -> Step:
    """Strike out the ``text``, without regard to case, in the ``case`` or everywhere."""
    case = case_by_uuid(UUID(options["case"])) if options.get("case") else None
    words = [Words(any_of([spoken(options["text"])]), MARK)]
    state = state or {"reached": {}, "counts": {}}
    before = sum(state["counts"].values())
    ended = walk(_where(case), state["reached"], state["counts"], _striking(words))
    done = sum(state["counts"].values()) - before
    if not ended:
        return Step(state, done=done)
    receipt = {**state["counts"], "job_files": let_go_of_job_files()}
    receipt = {name: count for name, count in receipt.items() if count}
    where = case or HOUSE
    record(where, "text_redacted", by=by, new=receipt)
    return Step({}, done=done, receipt=receipt)


def _where(case: Case | None) -> list[tuple[Place, list[Any]]]:
    return only_in(case.id, places()) if case else [(place, []) for place in places()]


def _striking(words: Sequence[Words]) -> Any:
    def rewrite(place: Place, rows: Sequence[Row]) -> Iterable[Changes | None]:
        return [struck_row(place, row, words) for row in rows]

    return rewrite
