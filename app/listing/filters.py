"""What a list can be narrowed by: for each kind of column, which rows the text of a query names."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from app.listing.dates import SENTENCE, span

MOST_VALUES = 50
NONE = "none"

Condition = ColumnElement[bool]
Column = InstrumentedAttribute[Any]


class Asker(Protocol):
    """Who asks, where that matters."""

    @property
    def id(self) -> Any: ...


@dataclass(frozen=True)
class Filter:
    """``rows`` turns a text into a condition, or raises ValueError with the end of a sentence: ``must be ...``.

    ``help`` and ``like`` tell people what may be asked, ``pattern`` tells programs.
    """

    rows: Callable[[str, Asker | None], Condition]
    help: str
    like: str
    pattern: str = ""


@dataclass(frozen=True)
class Family:
    """Filters whose names are not ours: ``named`` makes that of a name, or raises LookupError with a sentence."""

    named: Callable[[str], Filter]
    help: str


def parted(text: str) -> list[str]:
    """The values of a comma list; a comma inside of a value is written with a backslash before it."""
    values = [one.replace("\\,", ",").strip() for one in re.split(r"(?<!\\),", text)]
    if not all(values) or len(values) > MOST_VALUES:
        raise ValueError(f"must be a value, or up to {MOST_VALUES} with commas between them")
    return values


def among(column: Column, values: Iterable[Any]) -> Condition:
    """The rows whose column has one of these values; None is a value like any other."""
    wanted = list(values)
    known = column.in_([one for one in wanted if one is not None])
    if None not in wanted:
        return known
    return or_(known, column.is_(None)) if len(wanted) > 1 else column.is_(None)


def texts(column: Column, like: str) -> Filter:
    """Rows by the exact text of a column, and by there being none."""

    def rows(text: str, _me: Asker | None) -> Condition:
        return among(column, [None if _may_be_none(column) and one == NONE else one for one in parted(text)])

    return Filter(rows, "Exact values" + (", or none." if _may_be_none(column) else "."), like)


def words(column: Column, known: type[StrEnum]) -> Filter:
    """Rows by the words of an enumeration."""

    def rows(text: str, _me: Asker | None) -> Condition:
        return among(column, words_in(text, known))

    return Filter(rows, f"Any of {', '.join(known)}.", next(iter(known)), list_of(*known))


def list_of(*words: str) -> str:
    """The pattern of a comma list of these words, which may be patterns themselves."""
    one = f" *({'|'.join(words)}) *"
    return f"^{one}(,{one})*$"


def words_in(text: str, known: type[StrEnum]) -> list[StrEnum]:
    """The words of a comma list, each one of the enumeration."""
    values = parted(text)
    if not set(values) <= set(known):
        raise ValueError(f"must be {' or '.join(known)}, or several of them with commas between them")
    return [known(one) for one in values]


def moments(column: Column) -> Filter:
    """Rows by a span of time."""

    def rows(text: str, _me: Asker | None) -> Condition:
        if _may_be_none(column) and text == NONE:
            return column.is_(None)
        first, behind = span(text)
        since = column >= first if first else true()
        return and_(since, column < behind) if behind else since

    return Filter(rows, f"It {SENTENCE}" + ("; or none." if _may_be_none(column) else "."), "2026-01-01..2026-02-01")


def _may_be_none(column: Column) -> bool:
    return bool(column.property.columns[0].nullable)
