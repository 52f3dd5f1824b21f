"""What filters name, looked up: beforehand, so that no database has to guess how many rows it will meet; or, where many
filters are asked at once, as a part of the one statement they make.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Select, or_

from app.extensions import db
from app.listing.filters import Column, Condition, among

Found = TypeVar("Found")

# Where many filters are asked at once: what they have found already.
_REMEMBERED: ContextVar[dict[str, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def at_once() -> Iterator[None]:
    """Inside of this, filters ask nothing for themselves, and what one has found the others know."""
    token = _REMEMBERED.set({})
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def asked_at_once() -> bool:
    """Whether many filters are asked at once."""
    return _REMEMBERED.get() is not None


def among_found(column: Column, values: Iterable[Any], *lookups: Select[Any]) -> Condition:
    """The rows whose column has one of these values, or one of what is looked up."""
    if asked_at_once():
        return or_(among(column, values), *(column.in_(one) for one in lookups))
    return among(column, [*values, *(found for one in lookups for found in db.session.scalars(one))])


def remembered(name: str, find: Callable[[], Found]) -> Found:
    """What is found, which is found but once where many filters are asked at once."""
    known = _REMEMBERED.get()
    if known is None:
        return find()
    if name not in known:
        known[name] = find()
    found: Found = known[name]
    return found
