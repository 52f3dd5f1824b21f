"""Names in the letters of the caller: ``assigned_agent``, ``assignedAgent`` and ``AssignedAgent`` are the same."""

import re
from collections.abc import Mapping
from typing import Any

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
SNAKE, CAMEL, PASCAL = LETTERS = ("snake", "camel", "pascal")


def snake(name: str) -> str:
    """A name as we write it."""
    return HUMP.sub("_", name).lower()


def written(name: str, letters: str) -> str:
    """A name as the caller wishes it."""
    if letters == SNAKE:
        return name
    lead = name[: len(name) - len(name.lstrip("_"))]
    first, *others = name[len(lead) :].split("_")
    return lead + (first if letters == CAMEL else first.capitalize()) + "".join(one.capitalize() for one in others)


def lettered(value: Any, letters: str) -> Any:
    """The same with all names in it as the caller wishes them."""
    if letters == SNAKE:
        return value
    if isinstance(value, Mapping):
        return {written(name, letters): lettered(one, letters) for name, one in value.items()}
    return [lettered(one, letters) for one in value] if isinstance(value, list) else value
