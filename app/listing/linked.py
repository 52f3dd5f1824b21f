"""Rows of a list that are found by rows of another table."""

from typing import Any

from sqlalchemy import Select, func, select

from app.extensions import db
from app.listing.filters import Column, Condition

FEW = 2000


def linked(owner: Column, rows: Select[Any], to: Column) -> Condition:
    """The rows of a list of which the rows of another table speak: looked up by it where it has few, else met on the
    way through the list.
    """
    return owner.in_(rows) if _few(rows) else rows.where(to == owner).exists()


def _few(rows: Select[Any]) -> bool:
    some = rows.limit(FEW + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(some)) or 0) <= FEW
