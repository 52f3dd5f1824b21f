"""Changes of a case, out of the log of events: chosen by what changed, what it was before and what it is now."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, select

from app.cases.models import Case
from app.events import Event
from app.extensions import db

Values = Sequence[Any]

# How nothing is written in the log, beside being left out.
NOTHING: Values = ("", [], None)


@dataclass(frozen=True)
class Wanted:
    """Which changes: events of these names, and where it is told, only some of them.

    ``old`` and ``new`` are the values that may have been there and may be there now; none at all: whatever they are.
    None among them stands for nothing. ``field`` is the key of a field of the operator's own. What changed only from
    one value to another of a set of ``alike`` is left out. What is ``unasked`` was done by nobody but Casey itself.
    """

    names: Sequence[str]
    old: Values | None = None
    new: Values | None = None
    field: str | None = None
    alike: Sequence[Values] = ()
    unasked: bool = False

    def condition(self) -> ColumnElement[bool]:
        """The same, as the database is asked."""
        found: list[ColumnElement[bool]] = [Event.name.in_(self.names)]
        found += [_one_of(Event.old, self.old)] if self.old is not None else []
        found += [_one_of(Event.new, self.new)] if self.new is not None else []
        found += [Event.details["field"].as_string() == self.field] if self.field is not None else []
        found += [Event.actor_id.is_(None), Event.api_key_id.is_(None)] if self.unasked else []
        found += [sa.not_(sa.and_(_one_of(Event.old, same), _one_of(Event.new, same))) for same in self.alike]
        return sa.and_(*found)


def _one_of(column: Any, values: Values) -> ColumnElement[bool]:
    """Whether there is one of these values, by how JSON writes them; never unknown."""
    written = [json.dumps(one) for one in values if one is not None]
    if None in values:
        written += [json.dumps(one) for one in NOTHING]
    found = func.coalesce(sa.cast(column, sa.Text), json.dumps(None))
    return found.in_(written)


def changes_of(case: Case, wanted: Sequence[Wanted], *, skip: int, limit: int) -> list[Event]:
    """The changes of a case of which any is true, in their order, without the first few."""
    query = select(Event).where(*_which(case, wanted)).order_by(Event.sequence).offset(skip).limit(limit)
    return list(db.session.scalars(query))


def change_count(case: Case, wanted: Sequence[Wanted]) -> int:
    """How many these are."""
    return db.session.scalar(select(func.count()).select_from(Event).where(*_which(case, wanted))) or 0


def _which(case: Case, wanted: Sequence[Wanted]) -> list[ColumnElement[bool]]:
    return [Event.case_id == case.id, sa.or_(sa.false(), *(one.condition() for one in wanted))]
