"""Searching subjects, messages, notes and persons: the newest first, with a head start for subjects and names.

Each source is read by itself from its newest row back, and a page is made of what comes first in all of them. So a page
costs the same wherever it stands, and however often a word occurs. Only the beginning of a word costs the more, the
more texts have it: the databases gather them all before they sort.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import contains_eager, defer, joinedload, lazyload

from app.cases.models import Case, Post, PostKind, State
from app.cases.queries import in_state
from app.cases.words import Phrase, Searched, phrases, snippet
from app.clock import now
from app.listing.cursors import bad_cursor, is_id, unwrapped, wrapped
from app.people.models import Person

HEAD_START = timedelta(days=30)
CASES = Searched(Case.id, "case_words")
POSTS = Searched(Post.id, "post_words")
PERSONS = Searched(Person.id, "person_words")


class Place(StrEnum):
    """Where words are looked for."""

    SUBJECTS = "subjects"
    MESSAGES = "messages"
    NOTES = "notes"
    PERSONS = "persons"


@dataclass(frozen=True)
class Hit:
    """Something that was found, and a line of it. A person is in no case; a subject is no post."""

    place: Place
    id: int
    at: datetime
    snippet: str
    person: Person
    case: Case | None = None
    post: Post | None = None

    @property
    def weight(self) -> datetime:
        """What hits are sorted by: subjects and names count as if they were newer."""
        return self.at + (HEAD_START if self.place in {Place.SUBJECTS, Place.PERSONS} else timedelta())


@dataclass(frozen=True)
class Search:
    """What is searched for: words, where, and in cases of which states."""

    wanted: Sequence[Phrase]
    places: frozenset[Place]
    states: frozenset[State]


@dataclass(frozen=True)
class Page:
    """Some hits, and the cursor of those behind them."""

    hits: list[Hit]
    next: str | None


def search(text: str, places: Iterable[Place], states: Iterable[State], *, limit: int, cursor: str | None) -> Page:
    """At most ``limit`` hits from behind the cursor on. Raises Invalid, naming the field."""
    asked = Search(phrases(text), frozenset(places), frozenset(states))
    behind = _read(cursor)
    streams = [read(asked, last, limit + 1) for read, last in zip(SOURCES, behind, strict=True)]
    merged = _merged(streams)
    for source, hit in merged[:limit]:
        behind[source] = hit.id
    more = len(merged) > limit
    return Page([hit for _, hit in merged[:limit]], wrapped(behind) if more else None)


def _merged(streams: Sequence[Sequence[Hit]]) -> list[tuple[int, Hit]]:
    """The hits of all sources, the weightiest first, yet those of each source in the order in which it was read."""
    rest = [list(hits) for hits in streams]
    found: list[tuple[int, Hit]] = []
    while any(rest):
        source = max((one for one in range(len(rest)) if rest[one]), key=lambda one: rest[one][0].weight)
        found.append((source, rest[source].pop(0)))
    return found


def _read(cursor: str | None) -> list[int | None]:
    """How far each source has been read."""
    if cursor is None:
        return [None] * len(SOURCES)
    found = unwrapped(cursor)
    if not isinstance(found, list) or len(found) != len(SOURCES):
        raise bad_cursor()
    if not all(one is None or is_id(one) for one in found):
        raise bad_cursor()
    return found


def _cases(asked: Search, last: int | None, most: int) -> list[Hit]:
    if Place.SUBJECTS not in asked.places:
        return []
    query = select(Case).options(joinedload(Case.requester)).where(_in_any(asked.states))
    return [
        Hit(Place.SUBJECTS, one.id, one.created_at, snippet(_titled(one), asked.wanted), one.requester, one)
        for one in CASES.newest(asked.wanted, query, last=last, most=most)
    ]


def _titled(case: Case) -> str:
    return f"{case.subject} ({case.reference})"


def _posts(asked: Search, last: int | None, most: int) -> list[Hit]:
    kinds = {place: kind for place, kind in KINDS.items() if place in asked.places}
    if not kinds:
        return []
    query = select(Post).join(Post.case).options(contains_eager(Post.case), lazyload(Post.attachments))
    query = query.options(defer(Post.html)).where(Post.kind.in_(kinds.values()), _in_any(asked.states))
    query = query.where(Post.deleted_at.is_(None), or_(Post.send_at.is_(None), Post.send_at <= now()))
    return [
        Hit(PLACES[one.kind], one.id, one.created_at, snippet(one.body, asked.wanted), one.author, one.case, one)
        for one in POSTS.newest(asked.wanted, query, last=last, most=most)
    ]


def _persons(asked: Search, last: int | None, most: int) -> list[Hit]:
    if Place.PERSONS not in asked.places:
        return []
    query = select(Person).where(Person.deleted_at.is_(None))
    return [
        Hit(Place.PERSONS, one.id, one.created_at, snippet(_spoken(one), asked.wanted), one)
        for one in PERSONS.newest(asked.wanted, query, last=last, most=most)
    ]


def _spoken(person: Person) -> str:
    return " ".join([person.name, *(one.value for one in person.identities)])


def _in_any(states: Iterable[State]) -> ColumnElement[bool]:
    return true() if set(states) == set(State) else or_(*(in_state(one) for one in states))


KINDS = {Place.MESSAGES: PostKind.MESSAGE, Place.NOTES: PostKind.NOTE}
PLACES = {kind: place for place, kind in KINDS.items()}
SOURCES: tuple[Callable[[Search, int | None, int], list[Hit]], ...] = (_cases, _posts, _persons)
