"""Pages of a list by their number or their place, for those who ask so. It is meant for lists that a house has few rows
of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Select, func, select

from app.extensions import db

Row = TypeVar("Row")


class Stretch(Protocol):
    """Some rows of a list: how many stand before them, and how many they are at most."""

    @property
    def before(self) -> int: ...

    @property
    def limit(self) -> int: ...


@dataclass(frozen=True)
class Numbered:
    """The page with this number, of ``limit`` rows; the first is 1."""

    number: int
    limit: int

    @property
    def before(self) -> int:
        """How many rows stand on the pages before it."""
        return (self.number - 1) * self.limit


@dataclass(frozen=True)
class Counted(Generic[Row]):
    """Some rows of a list, and how many there are in all."""

    rows: Sequence[Row]
    total: int


def counted(query: Select[Any], page: Stretch) -> Counted[Any]:
    """The rows of an ordered query that the page holds. It takes two statements."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return Counted(db.session.scalars(query.offset(page.before).limit(page.limit)).all(), total)
