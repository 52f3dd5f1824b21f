"""Moving what belongs to a case to another one, and back."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.cases.models import Post
from app.cases.ratings import Rating
from app.extensions import db
from app.timeline import TimelineEntry

AT_ONCE = 500  # no database takes any number of values in one question


def move_all(model: Any, from_id: int, to_id: int, *which: sa.ColumnElement[bool]) -> list[int]:
    """Move the rows of a table that belong to one case to another one. Returns their ids."""
    chosen = sa.update(model).where(model.case_id == from_id, *which)
    return sorted(db.session.scalars(chosen.values(case_id=to_id).returning(model.id)))


def move_some(model: Any, ids: Sequence[int], from_id: int, to_id: int, *, by: Any = None) -> list[int]:
    """The same for single rows, by their ids or by another column of theirs."""
    column, moved = model.id if by is None else by, []
    for start in range(0, len(ids), AT_ONCE):
        moved += move_all(model, from_id, to_id, column.in_(ids[start : start + AT_ONCE]))
    return moved


def move_posts(ids: Sequence[int], from_id: int, to_id: int) -> None:
    """Move single posts, with their places in the timeline and what was thought of them."""
    move_some(Post, ids, from_id, to_id)
    move_some(TimelineEntry, ids, from_id, to_id)
    move_some(Rating, ids, from_id, to_id, by=Rating.post_id)
