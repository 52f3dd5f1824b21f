"""Holding an answer against a documented one: the same keys, of the same kinds."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

KINDS = {"str": str, "int": int, "bool": bool}
ANYTHING = "NoneType"


def lacking(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """What is documented and is not there, or is of another kind. Where the document has null, anything may be."""
    if expected == ANYTHING:
        return
    if isinstance(expected, dict):
        yield from _members(expected, found, path)
    elif isinstance(expected, list):
        yield from _rows(expected, found, path)
    elif expected.startswith("=") and path.rpartition(".")[2] in {"resource", "resource_type"}:
        if found != expected[1:]:
            yield f"{path} is {found!r}, and not {expected[1:]}"
    elif type(found) is not KINDS["str" if expected.startswith("=") else expected]:
        yield f"{path} is {found!r}, and not of the kind {expected}"


def _members(expected: Json, found: Any, path: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{path} is {found!r}, and no object"
        return
    for key, inner in expected.items():
        if key in found:
            yield from lacking(inner, found[key], f"{path}.{key}")
        else:
            yield f"{path}.{key} is missing"


def _rows(expected: list[Any], found: Any, path: str) -> Iterator[str]:
    """Something is there, where that is documented, and each of it is like one that is documented."""
    if not isinstance(found, list) or (expected and not found):
        yield f"{path} is {found!r}, and no array with anything in it"
        return
    for number, row in enumerate(found):
        misses = [list(lacking(one, row, f"{path}.{number}")) for one in expected]
        if misses and all(misses):
            yield from min(misses, key=len)
