"""Which cases a list is to show, as Kayako's words ask for them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_

from app.api.kayako.envelope import Many
from app.api.kayako.paging import Offset
from app.api.kayako.schemas.case_lists import IDENTITIES
from app.api.kayako.views.cases import CASE, LOADS
from app.api.kayako.words import CUSTOM, LEVELS, TYPES
from app.cases import criteria
from app.cases.known_labels import labels_called
from app.cases.models import Case
from app.cases.selection import Selection
from app.errors import Invalid
from app.listing.filters import Condition
from app.people.identities import person_with

Json = dict[str, Any]

LATEST_FIRST = "-updated_at"


def paged(selection: Selection, asked: Json) -> Many:
    """A page of these cases, those that changed last first, and how many there are."""
    page = Offset.asked(asked)
    found = selection.page(LATEST_FIRST, skip=page.skip, limit=page.limit, loads=LOADS)
    return Many(CASE, found.cases, found.total, page)


def selection(asked: Json) -> Selection:
    """The cases that GET /cases asks for: by ids those in the trash and spam too, else what is in play."""
    for name, of in (("ids", criteria.numbered), ("legacy_ids", criteria.known_as)):
        if asked.get(name):
            return Selection([criteria.confirmed(), of(asked[name])])
    return narrowed(asked, *_asked(asked))


def narrowed(asked: Json, *which: Condition) -> Selection:
    """Cases in play of which this holds, by status and by how much they press."""
    return Selection([criteria.in_play(), criteria.not_merged(), *which, *_everywhere(asked)])


def _everywhere(asked: Json) -> Iterator[Condition]:
    if asked.get("status"):
        yield _standing(asked["status"])
    if "priority" in asked:
        yield criteria.pressing([one for one, level in LEVELS.items() if level <= asked["priority"]])


def _standing(words: list[str]) -> Condition:
    core = criteria.standing_plainly([status for status, word in TYPES.items() if word in words])
    if CUSTOM not in words:
        return core
    return or_(core, criteria.standing_apart()) if words != [CUSTOM] else criteria.standing_apart()


def _asked(asked: Json) -> Iterator[Condition]:
    if "identity_type" in asked:
        yield criteria.requested_by(_known_by(asked["identity_type"], asked["identity_value"]))
    if asked.get("tags"):
        yield criteria.labelled([one.id for one in labels_called(asked["tags"])])
    if "start_time" in asked:
        yield criteria.within(Case.updated_at, asked["start_time"], None)


def _known_by(word: str, value: str) -> list[int]:
    """Whose identity this is. What is none is nobody's."""
    try:
        person = person_with(IDENTITIES[word], value)
    except Invalid:
        return []
    return [person.id] if person else []
