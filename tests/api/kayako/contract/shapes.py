"""Holding an answer against a documented one: the same keys, of the same kinds."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

KINDS = {"str": str, "int": int, "bool": bool}
ANYTHING = "NoneType"


def lacking(expected: Any, found: Any, path: str = "", *, sparse: bool = False) -> Iterator[str]:
    """What is documented and is not there, or is of another kind.

    Where the document has null, anything may be; null may stand where there is nothing if that is ``sparse``.
    """
    if expected == ANYTHING or (sparse and found in (None, [])):
        return
    if isinstance(expected, dict):
        yield from _members(expected, found, path, sparse=sparse)
    elif isinstance(expected, list):
        yield from _rows(expected, found, path)
    elif expected.startswith("=") and path.rpartition(".")[2] in {"resource", "resource_type"}:
        if found != expected[1:]:
            yield f"{path} is {found!r}, and not {expected[1:]}"
    elif type(found) is not KINDS["str" if expected.startswith("=") else expected]:
        yield f"{path} is {found!r}, and not of the kind {expected}"


def _members(expected: Json, found: Any, path: str, *, sparse: bool) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{path} is {found!r}, and no object"
        return
    for key, inner in expected.items():
        if key in found:
            yield from lacking(inner, found[key], f"{path}.{key}", sparse=sparse)
        else:
            yield f"{path}.{key} is missing"


def _rows(expected: list[Any], found: Any, path: str) -> Iterator[str]:
    """One of the rows is just as one that is documented, and the others are but for what they have nothing of."""
    if not isinstance(found, list) or (expected and not found):
        yield f"{path} is {found!r}, and no array with anything in it"
        return
    for number, row in enumerate(found):
        yield from _best(expected, row, f"{path}.{number}", sparse=True)
    whole = [list(_best(expected, row, f"{path}.{number}", sparse=False)) for number, row in enumerate(found)]
    yield from min(whole, key=len, default=[])


def _best(expected: list[Any], row: Any, path: str, *, sparse: bool) -> list[str]:
    """What the row lacks of the documented one that it is most like."""
    return min((list(lacking(one, row, path, sparse=sparse)) for one in expected), key=len, default=[])
