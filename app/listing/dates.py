"""Spans of time as people write them: a day, or from one moment up to, but not including, another.

A moment is a day, a day with a time, or a length of time, which means: so long ago.
"""

import re
from datetime import UTC, date, datetime, timedelta

from app.clock import duration, now
from app.config import settings

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
AGO = re.compile(r"\d+[smhdw]", re.ASCII)
SENTENCE = "must be a day, or a range such as 2026-01-01..2026-02-01 or 7d.., either end of which may be left out"

Span = tuple[datetime | None, datetime | None]


def span(text: str) -> Span:
    """The first moment of a span and the first one behind it; None where an end is open. Raises ValueError."""
    start, dots, end = text.partition("..")
    if not (start or end) or not (dots or DAY.fullmatch(start)):
        raise ValueError(SENTENCE)
    try:
        first = _moment(start)
        behind = _moment(end) if dots else _moment(_following(start))
    except (ValueError, OverflowError):
        raise ValueError(SENTENCE) from None
    return first, behind


def _following(day: str) -> str:
    """The day after this one, which is not always 24 hours later."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _moment(text: str) -> datetime | None:
    """A moment in UTC; one without a zone is meant in that of the house."""
    if not text:
        return None
    if AGO.fullmatch(text):
        return now() - duration(text)
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=settings().time_zone)).astimezone(UTC)
