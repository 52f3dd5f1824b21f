"""What a search finds, as things: cases, persons and organizations, each once.

All of one kind come before those of the next, the newest first. A search that is read far reads all that stands before,
which is why it goes only so far.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice

from sqlalchemy import select

from app.cases.models import Case, State
from app.cases.search import Hit, Place, search
from app.cases.words import phrases, snippet
from app.extensions import db
from app.listing.fragments import Fragment
from app.listing.linked import having
from app.people.fragments import ORGANIZATIONS
from app.people.models import Organization, Person

FARTHEST = 1000
READ, AT_ONCE = 5000, 100

Thing = Case | Person | Organization


class Kind(StrEnum):
    """What is looked for."""

    CASES = "cases"
    PERSONS = "persons"
    ORGANIZATIONS = "organizations"


@dataclass(frozen=True)
class Finding:
    """A thing that was found, and a line of it. ``named`` says whether its very name has the words."""

    kind: Kind
    thing: Thing
    snippet: str
    named: bool = True


def findings(text: str, kinds: Sequence[Kind], most: int) -> list[Finding]:
    """At most so many things that have all these words, from the first on. Raises Invalid, naming the field ``q``."""
    phrases(text)
    return list(islice(chain.from_iterable(STREAMS[kind](text) for kind in kinds), most))


def _hits(text: str, *places: Place) -> Iterator[Hit]:
    """What the search finds there, page by page."""
    cursor = None
    for _ in range(READ // AT_ONCE):
        page = search(text, places, (State.ACTIVE,), limit=AT_ONCE, cursor=cursor)
        yield from page.hits
        if page.next is None:
            return
        cursor = page.next


def _cases(text: str) -> Iterator[Finding]:
    seen: set[int] = set()
    for hit in _hits(text, Place.SUBJECTS, Place.MESSAGES, Place.NOTES):
        if hit.case is not None and hit.case.id not in seen:
            seen.add(hit.case.id)
            yield Finding(Kind.CASES, hit.case, hit.snippet, hit.place is Place.SUBJECTS)


def _persons(text: str) -> Iterator[Finding]:
    for hit in _hits(text, Place.PERSONS):
        yield Finding(Kind.PERSONS, hit.person, hit.snippet)


def _organizations(text: str) -> Iterator[Finding]:
    """By pieces of their names. What is too short to be looked for finds none."""
    wanted = phrases(text)
    query = select(Organization).where(Organization.deleted_at.is_(None)).order_by(Organization.id.desc())
    try:
        for one in wanted:
            query = query.where(having(ORGANIZATIONS, Fragment(" ".join(one.words))))
    except ValueError:
        return
    for found in db.session.scalars(query.limit(FARTHEST + 1)):
        yield Finding(Kind.ORGANIZATIONS, found, snippet(found.name, wanted))


STREAMS: Mapping[Kind, Callable[[str], Iterator[Finding]]] = {
    Kind.CASES: _cases,
    Kind.PERSONS: _persons,
    Kind.ORGANIZATIONS: _organizations,
}
