"""Opening times as people say them: ``{"monday": [{"from": "09:00", "to": "17:00"}]}``, and what is wrong with some.

What ends at or before its beginning ends on the next day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from app.clock import time_zone
from app.config import settings
from app.errors import Invalid
from app.sla.models import BusinessHours
from app.sla.working_time import MINUTES, Span, WorkingTime

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_SPANS = 24
MOST_HOLIDAYS = 1000

Told = Mapping[str, str]


def working_time(hours: BusinessHours) -> WorkingTime:
    """The time in which these hours work."""
    return WorkingTime(
        zone=time_zone(hours.time_zone) if hours.time_zone else settings().time_zone,
        week=[_spans(hours.week.get(day, ())) for day in WEEKDAYS],
        holidays={date.fromisoformat(one["date"]): _spans(one["hours"]) for one in hours.holidays},
    )


def checked_week(week: Mapping[str, Sequence[Told]]) -> dict[str, list[Told]]:
    """All seven days, each with its spans in order. Raises Invalid, naming the day, for spans that cannot be."""
    return {day: _checked(week.get(day, ()), f"week.{day}") for day in WEEKDAYS}


def checked_holidays(holidays: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The holidays in their order. Raises Invalid, naming the holiday, for a day that is there twice."""
    days: set[str] = set()
    for number, one in enumerate(holidays):
        if one["date"] in days:
            raise Invalid(f"The day {one['date']} is among the holidays already.", field=f"holidays.{number}.date")
        days.add(one["date"])
    told = [
        {"date": one["date"], "title": one["title"], "hours": _checked(one["hours"], f"holidays.{number}.hours")}
        for number, one in enumerate(holidays)
    ]
    return sorted(told, key=lambda one: str(one["date"]))


def _checked(spans: Sequence[Told], field: str) -> list[Told]:
    plain: list[Told] = [{"from": one["from"], "to": one["to"]} for one in spans]
    told = sorted(plain, key=lambda one: one["from"])
    for one in told:
        if one["from"] == one["to"]:
            raise Invalid("A span must not end when it begins; a whole day is from 00:00 to 24:00.", field=field)
    for before, after in pairwise(_spans(told)):
        if after.start < before.end:
            raise Invalid("The spans of a day must not overlap.", field=field)
    return told


def _spans(told: Iterable[Told]) -> list[Span]:
    found = [Span(_minutes(one["from"]), _minutes(one["to"])) for one in told]
    return [one if one.start < one.end else Span(one.start, one.end + MINUTES) for one in found]


def _minutes(told: str) -> int:
    hours, _, minutes = told.partition(":")
    return int(hours) * 60 + int(minutes)
