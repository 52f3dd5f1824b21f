"""Pages of what happened on a case: messages, notes and activities under one sequence of numbers, the latest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from app.cases.models import Case, Post, PostKind
from app.cases.queries import shown
from app.events import Event
from app.extensions import db
from app.timeline import EntryKind, TimelineEntry

Entry = Post | Event


@dataclass(frozen=True)
class Kinds:
    """Which entries: messages, those of some channels alone or without some, notes, and events of these names."""

    messages: bool = False
    notes: bool = False
    channels: Collection[str] | None = None
    but: Collection[str] = ()
    events: Collection[str] = ()

    def condition(self) -> ColumnElement[bool]:
        """The same, as the database is asked."""
        of_message = [Post.kind == PostKind.MESSAGE]
        of_message += [Post.channel.in_(self.channels)] if self.channels is not None else []
        of_message += [Post.channel.not_in(self.but)] if self.but else []
        found = [
            *([and_(*of_message, *shown())] if self.messages else []),
            *([and_(Post.kind == PostKind.NOTE, *shown())] if self.notes else []),
            *([Event.name.in_(self.events)] if self.events else []),
        ]
        return sa.or_(sa.false(), *found)


@dataclass(frozen=True)
class TimelinePage:
    """Entries from the latest back, how many there are in all, and whether there are more on either side."""

    entries: Sequence[Entry]
    total: int
    older: bool
    newer: bool


def timeline_page(
    case: Case, kinds: Sequence[Kinds], *, after: int | None = None, before: int | None = None, limit: int
) -> TimelinePage:
    """The entries of a case that are of any of these kinds.

    ``after`` and ``before`` are places in the order, from the latest back: behind one stands what is older.
    """
    which = [TimelineEntry.case_id == case.id, sa.or_(sa.false(), *(one.condition() for one in kinds))]
    ids = _ids(which, after, before, limit + 1)
    more, ids = len(ids) > limit, ids[:limit]
    if before is not None:
        ids.reverse()
    found = entries_numbered(ids)
    total = db.session.scalar(_joined(select(func.count())).where(*which)) or 0
    return TimelinePage(
        [found[one] for one in ids if one in found],  # what was deleted just now is not
        total,
        older=more if before is None else _any(which, TimelineEntry.id <= before),
        newer=more if before is not None else after is not None and _any(which, TimelineEntry.id >= after),
    )


def _ids(which: Sequence[ColumnElement[bool]], after: int | None, before: int | None, limit: int) -> list[int]:
    """The nearest to a place, in the direction that is asked for."""
    query = _joined(select(TimelineEntry.id)).where(*which).limit(limit)
    if before is not None:
        return list(db.session.scalars(query.where(TimelineEntry.id > before).order_by(TimelineEntry.id)))
    if after is not None:
        query = query.where(TimelineEntry.id < after)
    return list(db.session.scalars(query.order_by(TimelineEntry.id.desc())))


def _any(which: Sequence[ColumnElement[bool]], where: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(_joined(select(TimelineEntry.id)).where(*which, where).exists())))


def _joined(query: sa.Select[Any]) -> sa.Select[Any]:
    return (
        query.select_from(TimelineEntry)
        .outerjoin(Post, Post.id == TimelineEntry.id)
        .outerjoin(Event, and_(Event.timeline_id == TimelineEntry.id, TimelineEntry.kind == EntryKind.ACTIVITY))
    )


def entries_numbered(ids: Collection[int]) -> dict[int, Entry]:
    """The entries with these numbers, by them; of cases that are purged, and of what was deleted or waits, none."""
    if not ids:
        return {}
    posts = db.session.scalars(select(Post).where(Post.id.in_(ids), *shown()).options(joinedload(Post.case)))
    found: dict[int, Entry] = {one.id: one for one in posts}
    rest = [one for one in ids if one not in found]
    return found | activities_numbered(rest)


def entries_of(case: Case, kinds: Sequence[Kinds], number: int) -> list[Entry]:
    """The entry of a case with this number, if it is of any of these kinds."""
    which = [TimelineEntry.case_id == case.id, sa.or_(sa.false(), *(one.condition() for one in kinds))]
    ids = db.session.scalars(_joined(select(TimelineEntry.id)).where(*which, TimelineEntry.id == number)).all()
    return [*entries_numbered(ids).values()]


def activities_numbered(ids: Collection[int]) -> dict[int, Event]:
    """The activities with these numbers: events that are about no message and no note."""
    if not ids:
        return {}
    of_activity = and_(TimelineEntry.id == Event.timeline_id, TimelineEntry.kind == EntryKind.ACTIVITY)
    query = select(Event).join(TimelineEntry, of_activity).where(Event.timeline_id.in_(ids))
    return {one.timeline_id: one for one in db.session.scalars(query) if one.timeline_id is not None}


def written_numbered(ids: Collection[int], kind: PostKind) -> dict[int, Post]:
    """The messages, or the notes, with these numbers."""
    query = select(Post).where(Post.id.in_(ids), Post.kind == kind, *shown()).options(joinedload(Post.case))
    return {one.id: one for one in db.session.scalars(query)}


def requesters_of(entries: Sequence[Entry]) -> dict[int, int]:
    """Whose the case of each of these is, by its id. The cases of posts are at hand."""
    known = {one.case_id: one.case.requester_id for one in entries if isinstance(one, Post)}
    rest = {one.case_id for one in entries if one.case_id} - known.keys()
    found = db.session.execute(select(Case.id, Case.requester_id).where(Case.id.in_(rest))) if rest else ()
    return known | {row.id: row.requester_id for row in found}


def number_of(entry: Entry) -> int:
    """The number of an entry in the one sequence."""
    number = entry.id if isinstance(entry, Post) else entry.timeline_id
    assert number is not None  # an event without one is no entry
    return number
