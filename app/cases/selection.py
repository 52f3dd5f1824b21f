"""Selections of cases for those who know them by their integer ids and turn pages by number.

How many there are is always told, so it is counted first. Where there are few, they are found by whatever they are
narrowed by; many are read in the order in which they are shown, from an index alone, and only the page is loaded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, UnaryExpression, func, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from app.cases.models import Case
from app.extensions import db
from app.listing.filters import Condition

MANY = 10_000
USUAL = "ix_cases_updated_at_id"

ORDERS: Mapping[str, InstrumentedAttribute[Any]] = {
    "created_at": Case.created_at,
    "updated_at": Case.updated_at,
    "last_post_at": Case.last_post_at,
    "priority": Case.priority_rank,
    "status": Case.status_rank,
}


@dataclass(frozen=True)
class NumberedPage:
    """Some cases, and how many there are in all."""

    cases: list[Case]
    total: int


@dataclass(frozen=True)
class Selection:
    """The cases of which all this holds."""

    conditions: Sequence[Condition]

    def page(self, sort: str, *, skip: int, limit: int, loads: Sequence[ExecutableOption] = ()) -> NumberedPage:
        """At most ``limit`` of them behind the first ``skip``; ``sort`` is a key of ORDERS, after a minus from the
        largest on.
        """
        total = self.count()
        if skip >= total:
            return NumberedPage([], total)
        ids = self._ids(sort, many=total > MANY).limit(limit).offset(skip).subquery()
        query = select(Case).join(ids, ids.c.id == Case.id).order_by(*_sorts(sort)).options(*loads)
        return NumberedPage(list(db.session.scalars(query)), total)

    def count(self) -> int:
        """How many there are."""
        if db.engine.dialect.name == "postgresql":
            return _counted(select(func.count()).select_from(Case).where(*self.conditions))
        few = select(Case.id).where(*self.conditions).limit(MANY + 1).subquery()
        found = _counted(select(func.count()).select_from(few))
        return found if found <= MANY else _counted(_along(USUAL, select(func.count()).where(*self.conditions)))

    def _ids(self, sort: str, *, many: bool) -> Select[int]:
        ids = select(Case.id).where(*self.conditions).order_by(*_sorts(sort))
        return _along(f"ix_cases_{_column(sort).key}_id", ids) if many else ids


def _counted(query: Select[int]) -> int:
    return db.session.scalar(query) or 0


def _along(index: str, query: Select[int]) -> Select[int]:
    """PostgreSQL knows how many rows it will meet; SQLite is told which way to go where there are many."""
    return query.select_from(Case).with_hint(Case, f"INDEXED BY {index}", "sqlite")


def _sorts(sort: str) -> list[UnaryExpression[Any]]:
    down, columns = sort.startswith("-"), (_column(sort), Case.id)
    return [one.desc() if down else one.asc() for one in columns]


def _column(sort: str) -> InstrumentedAttribute[Any]:
    return ORDERS[sort.removeprefix("-")]
