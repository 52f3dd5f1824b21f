"""Lists whose pages have numbers, as some dialects want them, up to the last one that may be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.sql.base import ExecutableOption

from app.extensions import Base, db
from app.listing.filters import Condition

MOST = 50_000

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class NumberedPage(Generic[Row]):
    """The rows of a page, and how many there are in all, up to MOST."""

    rows: list[Row]
    total: int


def numbered_page(
    model: Any, conditions: Sequence[Condition], *, page: int, limit: int, loads: Sequence[ExecutableOption] = ()
) -> NumberedPage[Any]:
    """The page with this number, from 1 on, in the order of the ids."""
    some = select(model.id).where(*conditions).limit(MOST).subquery()
    total = db.session.scalar(select(func.count()).select_from(some)) or 0
    query = select(model).where(*conditions).order_by(model.id).limit(limit).offset((page - 1) * limit)
    return NumberedPage(list(db.session.scalars(query.options(*loads))), total)
