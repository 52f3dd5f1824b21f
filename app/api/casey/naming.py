"""Things that a body names."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from app.errors import Invalid, NotFound

T = TypeVar("T")


def named(find: Callable[[UUID], T], uuid: UUID | None, *, field: str) -> T | None:
    """The thing with this UUID, or None for none. Raises Invalid, naming the field, when there is no such thing."""
    try:
        return find(uuid) if uuid else None
    except NotFound as error:
        raise Invalid(error.message, field=field) from None
