"""Ids as they stand in addresses, and what is told where there is nothing under one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from app.api.lenient import LARGEST_ID
from app.errors import NotFound

ID = re.compile(r"[0-9]{1,10}", re.ASCII)


def number_in(part: str) -> int | None:
    """The id that a part of an address says; None where it cannot be one."""
    return int(part) if ID.fullmatch(part) and int(part) <= LARGEST_ID else None


def id_in(part: str) -> int:
    """The same; 0, which nothing has, where it cannot be one."""
    return number_in(part) or 0


@contextmanager
def told_as(missing: type[NotFound], sentence: str = "") -> Iterator[None]:
    """What is not there, under the code that the vendor has for it, and in other words than ours if they are given."""
    try:
        yield
    except NotFound as error:
        raise missing(sentence or error.message) from None
