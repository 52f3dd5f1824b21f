"""Things that the body of a request names by their uuid."""

from collections.abc import Callable
from typing import TypeVar, overload
from uuid import UUID

from app.errors import Invalid, NotFound

Thing = TypeVar("Thing")


@overload
def named(uuid: UUID, find: Callable[[UUID], Thing], *, field: str) -> Thing: ...
@overload
def named(uuid: UUID | None, find: Callable[[UUID], Thing], *, field: str) -> Thing | None: ...
def named(uuid: UUID | None, find: Callable[[UUID], Thing], *, field: str) -> Thing | None:
    """What this field names, or nothing. Raises Invalid, naming the field, for what is not there."""
    try:
        return find(uuid) if uuid else None
    except NotFound as error:
        raise Invalid(error.message, field=field) from None
