"""Patterns that an operator gives: only those that no text, however evil, can keep busy for long."""

import re
import warnings
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

LONGEST_MATCHED = 100
MOST_WAYS = 10**7
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}


def check_pattern(pattern: str) -> None:
    """Raises ValueError, with a sentence, for what is no pattern or may take too long."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # about what will mean something else one day
            ways = _ways(_parser.parse(pattern))
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        raise ValueError(f"This is not a regular expression: {error}.") from None
    if ways > MOST_WAYS:
        raise ValueError("This could take too long: it repeats what can itself match in several ways.")


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text, of bounded length, is what the pattern says."""
    return len(text) <= LONGEST_MATCHED and re.fullmatch(pattern, text) is not None


def _ways(parsed: Iterable[tuple[Any, Any]]) -> int:
    """In how many ways the pattern can be tried on a text, at most; far beyond the limit it is not counted on."""
    found = 1
    for kind, argument in parsed:
        found = min(found * _ways_of(kind, argument), MOST_WAYS + 1)
    return found


def _ways_of(kind: Any, argument: Any) -> int:
    if kind in REPEATS:
        least, most, inner = argument
        most = min(most, LONGEST_MATCHED)
        return int(_ways(inner) ** most * max(most - least + 1, 1))
    if kind is _constants.BRANCH:
        return sum(_ways(one) for one in argument[1])
    if kind is _constants.GROUPREF_EXISTS:
        return sum(_ways(one) for one in argument[1:] if one)
    inner = argument if kind is _constants.ATOMIC_GROUP else argument[-1] if kind in GROUPS else ()
    return _ways(inner)


GROUPS = {_constants.SUBPATTERN, _constants.ASSERT, _constants.ASSERT_NOT}
