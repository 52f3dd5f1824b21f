"""Looking for pieces of texts."""

from collections.abc import Callable, Iterable
from typing import Any

from app.errors import Invalid
from app.listing.filters import Condition


def found_by(find: Callable[[list[Any]], Condition], pieces: Iterable[Any], *, field: str) -> Condition:
    """What has one of these pieces. Raises Invalid, naming the field, for one that is too short to be looked for."""
    try:
        return find(list(pieces))
    except ValueError as error:
        raise Invalid(f"This {error}.", field=field) from None
