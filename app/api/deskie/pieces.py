"""Pieces of texts that are looked for: ``^s^`` is the whole text, ``^s`` its start, ``s^`` its end, ``s`` any piece."""

from collections.abc import Callable, Iterable

from app.errors import Invalid
from app.listing.filters import Condition
from app.listing.fragments import Fragment

MARK = "^"


def piece(given: str) -> Fragment:
    """A piece as it is asked for."""
    first, last = given.startswith(MARK), given.endswith(MARK) and len(given) > 1
    return Fragment(given[first : len(given) - last], first=first, last=last)


def found_by(find: Callable[[list[Fragment]], Condition], pieces: Iterable[Fragment], *, field: str) -> Condition:
    """What has one of these pieces. Raises Invalid, naming the field, for one that is too short to be looked for."""
    try:
        return find(list(pieces))
    except ValueError as error:
        raise Invalid(f"This {error}.", field=field) from None
