"""Moments on Deskie's wire: out as mails write them, in the time zone of the account; in as any of four forms."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from app.config import settings

ABSENT = "-"
FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
LATEST = 253_402_300_799  # the end of the year 9999


def told(at: datetime | None) -> str:
    """Such as ``Mon, 05 May 2014 00:15:17 +0300``; a dash where there is none."""
    return format_datetime(at.astimezone(settings().time_zone)) if at else ABSENT


def read(given: str | int) -> datetime:
    """A Unix time, a day, a day and a time, either in the time zone of the account, or the form that ``told`` writes.

    Raises ValueError.
    """
    text = str(given).strip()
    if text.isascii() and text.isdecimal():
        return datetime.fromtimestamp(min(int(text[:20]), LATEST), UTC)
    for format in FORMATS:
        try:
            return datetime.strptime(text, format).replace(tzinfo=settings().time_zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return _with_its_zone(text)


def _with_its_zone(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = parsedate_to_datetime(text)
    return (found if found.tzinfo else found.replace(tzinfo=settings().time_zone)).astimezone(UTC)
