"""What lists are narrowed by besides their columns: one row for each value in ``meta`` or in a custom field.

The database keeps these rows itself, with each write, so that no verb can forget them; see the migration.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import and_, not_, or_, select, true
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import duration, now
from app.config import settings
from app.extensions import Base
from app.listing import Filter, parted
from app.listing.dates import AGO, DAY
from app.listing.filters import NONE, Asker, Column, Condition
from app.listing.linked import linked

LONGEST = 200
NUMBER = re.compile(r"-?\d{1,16}(\.\d{1,16})?", re.ASCII)
NUMBERS = "must be a number, or a range such as 10..20, either end of which may be left out"
DAYS = "must be a day, or a range such as 2026-01-01..2026-02-01 or 7d.., either end of which may be left out"

Reading = Callable[[Sequence[str]], Condition]


class ListValue(Base):
    """That an owner says this, or what begins so, under a name such as ``meta.order`` or ``field.7``."""

    __tablename__ = "list_values"
    __table_args__ = (
        sa.Index("ix_list_values_name_text_owner_id", "name", "text", "owner_id"),
        sa.Index("ix_list_values_name_number_owner_id", "name", "number", "owner_id"),
    )

    name: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    owner_id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(sa.String(LONGEST), primary_key=True)
    number: Mapped[float | None]


@dataclass(frozen=True)
class Said:
    """What the owners of a list say under one name."""

    name: str
    owner: Column

    def filter(self, read: Reading, help: str) -> Filter:
        """Rows by what ``read`` makes of values, and by there being none."""

        def rows(text: str, _me: Asker | None) -> Condition:
            values = parted(text)
            named = [one for one in values if one != NONE]
            found = [self.saying(read(named))] if named else []
            return or_(*found, *([self._silent()] if NONE in values else []))

        return Filter(rows, help, NONE)

    def saying(self, condition: Condition) -> Condition:
        """Rows of whom what they say fulfils this."""
        rows = select(ListValue.owner_id).where(ListValue.name == self.name, condition)
        return linked(self.owner, rows, ListValue.owner_id)

    def _silent(self) -> Condition:
        return not_(
            select(ListValue.name).where(ListValue.name == self.name, ListValue.owner_id == self.owner).exists()
        )


def texts(values: Sequence[str]) -> Condition:
    """Exactly one of these texts."""
    return ListValue.text.in_([one[:LONGEST] for one in values])


def words(*known: str) -> Reading:
    """One of the words that there are."""

    def read(values: Sequence[str]) -> Condition:
        if not set(values) <= set(known):
            raise ValueError(f"must be {' or '.join(known)}, or several of them with commas between them")
        return texts(values)

    return read


def numbers(values: Sequence[str]) -> Condition:
    """One of these numbers, or in one of these ranges, both ends included."""
    return or_(*map(_number, values))


def _number(text: str) -> Condition:
    start, dots, end = text.partition("..")
    if not (start or end) or not all(NUMBER.fullmatch(one) for one in (start, end) if one):
        raise ValueError(NUMBERS)
    if not dots:
        return ListValue.number == float(start)
    return and_(
        ListValue.number.is_not(None),
        ListValue.number >= float(start) if start else true(),
        ListValue.number <= float(end) if end else true(),
    )


def days(values: Sequence[str]) -> Condition:
    """One of these days, or in one of these spans, their ends not included."""
    return or_(*map(_days, values))


def _days(text: str) -> Condition:
    start, dots, end = text.partition("..")
    if not (start or end):
        raise ValueError(DAYS)
    if not dots:
        return ListValue.text == _day(start)
    return and_(
        ListValue.text >= _day(start) if start else true(),
        ListValue.text < _day(end) if end else true(),
    )


def _day(text: str) -> str:
    """A day, or so long ago, as it is written in a field."""
    try:
        if AGO.fullmatch(text):
            return (now() - duration(text)).astimezone(settings().time_zone).date().isoformat()
        if DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except (ValueError, OverflowError):
        pass
    raise ValueError(DAYS)


def whatever(values: Sequence[str]) -> Condition:
    """Texts, and ranges of numbers or days: for what may be of any kind."""
    return or_(*map(_whatever, values))


def _whatever(text: str) -> Condition:
    for read in (_number, _days) if ".." in text else ():
        try:
            return read(text)
        except ValueError:
            continue
    return texts([text])
