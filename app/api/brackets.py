"""Names with brackets, as PHP and browsers send them: ``case[custom_fields][cf_44]``, ``status[]``, ``user_id[0]``."""

import re
from collections.abc import Iterable
from typing import Any

from app.errors import Malformed

INDEX = re.compile(r"[0-9]{1,6}", re.ASCII)
NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
PART = re.compile(r"\[([^\[\]]*)\]")
DEEPEST = 8
MOST = 2000

Nested = dict[str, Any]


def nested(pairs: Iterable[tuple[str, Any]]) -> Nested:
    """What these names say, as objects in objects. An array is an object with the keys ``0``, ``1`` and so on.

    A name that occurs again makes an array too. Raises Malformed for names that contradict each other.
    """
    found: Nested = {}
    for number, (name, value) in enumerate(pairs):
        if number >= MOST:
            raise Malformed(f"There are more than {MOST:,} values.")
        _put(found, _parts(name), value, name)
    return found


def _parts(name: str) -> list[str]:
    match = NAME.fullmatch(name)
    if match is None:
        return [name]  # it is no name of ours, and nobody will ask for it
    parts = [match[1], *PART.findall(match[2])]
    if len(parts) > DEEPEST:
        raise Malformed(f"A name leads more than {DEEPEST} levels deep.")
    return parts


def _put(found: Nested, parts: list[str], value: Any, name: str) -> None:
    *outer, last = parts
    for part in outer:
        inner = found.setdefault(part or str(len(found)), {})
        if not isinstance(inner, dict):
            raise Malformed(f"{name} is given once as a value and once with brackets behind it.")
        found = inner
    last = last or str(len(found))
    if last in found:
        value = _again(found[last], value, name)
    found[last] = value


def _again(was: Any, value: Any, name: str) -> Nested:
    """A value that is given once more."""
    if isinstance(was, dict) and not _is_array(was):
        raise Malformed(f"{name} is given once as a value and once with brackets behind it.")
    several = was if isinstance(was, dict) else {"0": was}
    return {**several, str(len(several)): value}


def values_of(given: Any) -> list[Any]:
    """An array, however it came: as such, as an object with numbers as keys, or as its only value."""
    if isinstance(given, dict) and _is_array(given):
        return [given[key] for key in sorted(given, key=int)]
    return given if isinstance(given, list) else [given]


def _is_array(given: Nested) -> bool:
    return all(INDEX.fullmatch(key) for key in given)
