"""The one clock, and durations as people write them."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
LONGEST = timedelta(days=36_500)


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)


def duration(value: object) -> timedelta:
    """Read seconds (``90``) or a number with a unit (``45s``, ``10m``, ``12h``, ``30d``, ``2w``).

    Raises ValueError with a sentence for a person when it is neither, negative, or longer than a century.
    """
    match = re.fullmatch(r"(\d{1,12})\s*([smhdw]?)", str(value).strip(), re.ASCII)
    if isinstance(value, bool) or not match:
        raise ValueError("must be a number of seconds or a duration such as 45s, 10m, 12h, 30d or 2w")
    seconds = int(match[1]) * UNITS[match[2] or "s"]
    if seconds > LONGEST.total_seconds():
        raise ValueError("must not be longer than 36500d")
    return timedelta(seconds=seconds)


def ago(length: timedelta) -> str:
    """A length of time as ``duration`` reads it, in the largest unit that leaves nothing over."""
    seconds = int(length.total_seconds())
    unit = max((one for one in UNITS if seconds % UNITS[one] == 0), key=lambda one: UNITS[one])
    return f"{seconds // UNITS[unit]}{unit}"


def time_zone(name: object) -> ZoneInfo:
    """The time zone (IANA) of this name. Raises ValueError with the end of a sentence."""
    if not isinstance(name, str) or name not in time_zones():
        raise ValueError("must be the name of a time zone, such as Europe/Berlin or UTC")
    return ZoneInfo(name)


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones that there are."""
    return frozenset(available_timezones())
