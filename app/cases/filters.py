"""Saved filters of cases: those that come with Casey, one's own, and those that the team shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import func, not_, or_, select
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.cases.lists import CASES
from app.cases.models import State
from app.cases.queries import in_state
from app.clock import ago, now
from app.config import settings
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

MOST = 100
UNDONE = "new,open,waiting"
STATES = {"state", "not.state"}
NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True)
class BuiltIn:
    """A filter that comes with Casey."""

    key: str
    name: str
    asks: Callable[[], Mapping[str, str]]

    @property
    def query(self) -> Mapping[str, str]:
        """Parameters of the list of cases, as the settings are at this moment."""
        return self.asks()


def _overdue() -> Mapping[str, str]:
    return {"status": "new,open", "last_post_at": f"..{ago(settings().overdue)}", "sort": "last_post_at"}


BUILT_IN = MappingProxyType(
    {
        one.key: one
        for one in (
            BuiltIn("open", "Open", lambda: {"status": UNDONE}),
            BuiltIn("unassigned", "Unassigned", lambda: {"status": UNDONE, "assignee": "none"}),
            BuiltIn("mine", "Mine", lambda: {"status": UNDONE, "assignee": "me"}),
            BuiltIn("waiting", "Waiting for the customer", lambda: {"status": "waiting"}),
            BuiltIn("overdue", "Overdue", _overdue),
            BuiltIn("closed", "Closed", lambda: {"status": "closed", "sort": "-closed_at"}),
            BuiltIn("spam", "Spam", lambda: {"state": "spam"}),
            BuiltIn("trash", "Trash", lambda: {"state": "trash"}),
        )
    }
)


class SavedFilter(Base):
    """What somebody asks of the list of cases again and again. Without an owner it is that of the operator's keys."""

    __tablename__ = "saved_filters"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=False)
    query: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


def filters_for(person: Person | None) -> list[SavedFilter]:
    """His own filters and the shared ones, by name."""
    query = select(SavedFilter).where(_seen_by(person)).order_by(SavedFilter.name, SavedFilter.id)
    return list(db.session.scalars(query))


def filter_by_key(key: str, *, for_: Person | None) -> SavedFilter | BuiltIn:
    """The filter with this word or UUID. Raises NotFound, for that of somebody else too."""
    if key in BUILT_IN:
        return BUILT_IN[key]
    return saved_filter(key, for_=for_)


def filter_by_id(key: str, *, for_: Person | None) -> SavedFilter | BuiltIn:
    """The filter with this word or integer id. Raises NotFound, for that of somebody else too."""
    if key in BUILT_IN:
        return BUILT_IN[key]
    number = int(key) if NUMBER.fullmatch(key) else 0
    found = db.session.scalar(select(SavedFilter).where(SavedFilter.id == number, _seen_by(for_)))
    if found is None:
        raise NotFound("There is no such filter.")
    return found


def filtered(found: SavedFilter | BuiltIn, *, me: Person | None) -> Sequence[sa.ColumnElement[bool]]:
    """What holds of the cases that a filter finds, for a dialect that shows no pending ones.

    Raises Invalid for one that can be asked no longer.
    """
    conditions = CASES.conditions({name: str(text) for name, text in found.query.items()}, me=me)
    return [*conditions, not_(in_state(State.PENDING))] if STATES & found.query.keys() else conditions


def saved_filter(key: str, *, for_: Person | None) -> SavedFilter:
    """The saved filter with this UUID. Raises NotFound, Conflict for one that comes with Casey."""
    if key in BUILT_IN:
        raise Conflict("This filter comes with Casey and stays as it is.")
    try:
        query = select(SavedFilter).where(SavedFilter.uuid == UUID(key), _seen_by(for_))
    except ValueError:
        raise NotFound("There is no such filter.") from None
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("There is no such filter.")
    return found


def _seen_by(person: Person | None) -> sa.ColumnElement[bool]:
    return or_(SavedFilter.shared, _owned_by(person))


def _owned_by(person: Person | None) -> sa.ColumnElement[bool]:
    return SavedFilter.owner_id.is_(None) if person is None else SavedFilter.owner_id == person.id


def save_filter(name: str, query: Mapping[str, str], *, shared: bool, by: Person | None) -> SavedFilter:
    """Keep a filter. Raises Invalid for what the list of cases cannot be asked, Conflict when there are too many."""
    _check(query)
    if (db.session.scalar(select(func.count()).select_from(SavedFilter).where(_owned_by(by))) or 0) >= MOST:
        raise Conflict(f"There are {MOST} filters already; remove one of them first.")
    found = SavedFilter(name=name.strip(), query=dict(query), owner_id=by.id if by else None, shared=shared)
    db.session.add(found)
    record(found, "filter_saved", by=by, new={"name": found.name, "shared": shared})
    return found


def change_filter(
    found: SavedFilter,
    *,
    name: str | None = None,
    query: Mapping[str, str] | None = None,
    shared: bool | None = None,
    by: Person | None,
) -> None:
    """Give a filter another name, another query, or share it. What is None stays. Raises Invalid as saving does."""
    was = _told(found)
    if query is not None:
        _check(query)
        found.query = dict(query)
    found.name = found.name if name is None else name.strip()
    found.shared = found.shared if shared is None else shared
    if _told(found) != was:
        record(found, "filter_changed", by=by, old=was, new=_told(found))


def remove_filter(found: SavedFilter, *, by: Person | None) -> None:
    """Keep a filter no longer."""
    record(found, "filter_removed", by=by, old=_told(found))
    db.session.delete(found)


def _told(found: SavedFilter) -> dict[str, Any]:
    return {"name": found.name, "query": found.query, "shared": found.shared}


def _check(query: Mapping[str, str]) -> None:
    try:
        CASES.check(query)
    except Invalid as error:
        [(field, sentence)] = error.fields.items()
        raise Invalid(sentence, field=f"query.{field}") from None
