"""Selections of cases for those who know them by their integer ids and turn pages by number.

How many there are is always told, so it is counted first. Where there are few, they are found by whatever they are
narrowed by; many are read in the order in which they are shown, from an index alone, and only the page is loaded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, UnaryExpression, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from app.cases.models import Case
from app.extensions import db
from app.listing.filters import Condition

MANY = 10_000
AT_ONCE = 50
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
        return count_each([self])[0]

    def _ids(self, sort: str, *, many: bool) -> Select[int]:
        ids = select(Case.id).where(*self.conditions).order_by(*_sorts(sort))
        return _along(f"ix_cases_{_column(sort).key}_id", ids) if many else ids


def count_each(selections: Sequence[Selection]) -> list[int]:
    """How many cases there are in each, of many with one statement, and where there are many cases with another one."""
    parts = (selections[start : start + AT_ONCE] for start in range(0, len(selections), AT_ONCE))
    return [count for some in parts for count in _counts(some)]


def count_some(selections: Sequence[Selection], most: int) -> list[int]:
    """The same, but counting ends one behind ``most``."""
    queries = [select(func.count()).select_from(_few(one, most).subquery()) for one in selections]
    return [count for start in range(0, len(queries), AT_ONCE) for count in _counted(queries[start : start + AT_ONCE])]


def _counts(selections: Sequence[Selection]) -> list[int]:
    if db.engine.dialect.name == "postgresql":
        return _counted([select(func.count()).select_from(Case).where(*one.conditions) for one in selections])
    found = _counted([select(func.count()).select_from(_few(one).subquery()) for one in selections])
    many = [place for place, count in enumerate(found) if count > MANY]
    exact = _counted([_along(USUAL, select(func.count()).where(*selections[place].conditions)) for place in many])
    for place, count in zip(many, exact, strict=True):
        found[place] = count
    return found


def _few(selection: Selection, most: int = MANY) -> Select[int]:
    return select(Case.id).where(*selection.conditions).limit(most + 1)


def _counted(queries: Sequence[Select[int]]) -> list[int]:
    """What each of these queries counts, all of them at once."""
    if not queries:
        return []
    numbered = [query.add_columns(literal(place)) for place, query in enumerate(queries)]
    found = {place: count for count, place in db.session.execute(union_all(*numbered))}
    return [found[place] for place in range(len(queries))]


def _along(index: str, query: Select[int]) -> Select[int]:
    """PostgreSQL knows how many rows it will meet; SQLite is told which way to go where there are many."""
    return query.select_from(Case).with_hint(Case, f"INDEXED BY {index}", "sqlite")


def _sorts(sort: str) -> list[UnaryExpression[Any]]:
    down, columns = sort.startswith("-"), (_column(sort), Case.id)
    return [one.desc() if down else one.asc() for one in columns]


def _column(sort: str) -> InstrumentedAttribute[Any]:
    return ORDERS[sort.removeprefix("-")]
