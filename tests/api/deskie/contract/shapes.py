"""Holding an answer against a documented one: the same keys, of the same kinds."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

KINDS = {"str": str, "int": int, "bool": bool}
# A dash stands where there is no number yet; a filter is known by a word or by a number.
EITHER = {"closing_speed": (int, str), "filter_id": (int, str)}


def lacking(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """What is documented and is not there, or is of another kind."""
    if isinstance(expected, dict):
        yield from _members(expected, found, path)
    elif isinstance(expected, list):
        yield from _rows(expected, found, path)
    else:
        kind = KINDS["str" if expected.startswith("=") else expected]
        flag = isinstance(found, bool) and kind is not bool
        if flag or not isinstance(found, EITHER.get(path.rpartition(".")[2], kind)):
            yield f"{path} is {found!r}, and not of the kind {expected}"


def _members(expected: Json, found: Any, path: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{path} is no object"
        return
    rows = [value for key, value in expected.items() if key.isdecimal()]
    if rows:
        yield from _rows(rows, [value for key, value in found.items() if key.isdecimal()], path)
    for key, inner in expected.items():
        if key.isdecimal():
            continue
        if key in found:
            yield from lacking(inner, found[key], f"{path}.{key}")
        else:
            yield f"{path}.{key} is missing"


def _rows(expected: list[Any], found: Any, path: str) -> Iterator[str]:
    """Each row that is there is like one that is documented."""
    if not isinstance(found, list):
        yield f"{path} is no array"
        return
    for number, row in enumerate(found):
        misses = [list(lacking(one, row, f"{path}.{number}")) for one in expected]
        if misses and all(misses):
            yield from min(misses, key=len)
