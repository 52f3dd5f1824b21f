"""Striking out a text, in one case or in the whole house, and leaving a mark where it was."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.cases.models import Case
from app.cases.purging import with_merged
from app.cases.queries import case_by_uuid
from app.errors import Invalid
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.privacy.forgetting_words import forget_words
from app.privacy.house import HOUSE
from app.privacy.places import Place, places
from app.privacy.sought import any_of, spoken
from app.privacy.walking import Changes, Json, Row, let_go_of_job_files, struck_row, walk
from app.privacy.words import Words
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
    state = state or {"reached": {}, "counts": {}, "merged": {}}
    before = sum(state["counts"].values())
    ended = walk(_where(case), state["reached"], state["counts"], _striking(words))
    done = sum(state["counts"].values()) - before
    if not (ended and forget_words(state["merged"])):
        return Step(state, done=done)
    receipt = {**state["counts"], "job_files": let_go_of_job_files()}
    receipt = {name: count for name, count in receipt.items() if count}
    where = case or HOUSE
    record(where, "text_redacted", by=by, new=receipt)
    return Step({}, done=done, receipt=receipt)


def _where(case: Case | None) -> list[tuple[Place, list[Any]]]:
    """All places; or those in a case and in what was merged into it, each with what narrows it to them.

    Kept answers are of no case, and always looked at.
    """
    if case is None:
        return [(place, []) for place in places()]
    ids = list(db.session.scalars(select(with_merged(Case.id == case.id).c.id)))
    inside = [(place, _narrowed(place, ids)) for place in places() if place.case is not None]
    return inside + [(place, []) for place in places() if place.name == "given_answers"]


def _narrowed(place: Place, ids: Collection[int]) -> list[Any]:
    """A case that is worked out is found by no index, but its owner is."""
    inside = [place.case.in_(ids)]
    return [*inside, place.table.c.owner_id.in_(ids)] if "owner_id" in place.table.c else inside


def _striking(words: Sequence[Words]) -> Any:
    def rewrite(place: Place, rows: Sequence[Row]) -> Iterable[Changes | None]:
        return (struck_row(place, row, words) for row in rows)

    return rewrite
