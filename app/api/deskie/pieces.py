"""Looking for pieces of texts."""

from collections.abc import Callable, Iterable

from app.errors import Invalid
from app.listing.filters import Condition
from app.listing.fragments import Fragment


def found_by(find: Callable[[list[Fragment]], Condition], pieces: Iterable[Fragment], *, field: str) -> Condition:
    """What has one of these pieces. Raises Invalid, naming the field, for one that is too short to be looked for."""
    try:
        return find(list(pieces))
    except ValueError as error:
        raise Invalid(f"This {error}.", field=field) from None
