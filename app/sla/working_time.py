"""Working time: adding it to a moment, and how much of it lies between two. Arithmetic alone, whoever works when.

A span belongs to the day on which it begins, also where it ends on the next. A time that a day has twice, since clocks
are put back, is the first of the two; one that it does not have is the moment at which they are put forward.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
MINUTES = 24 * 60
# Whoever has not worked so long by then never will have.
HORIZON = 3660


class Time(Protocol):
    """A kind of time that something takes."""

    def after(self, start: datetime, seconds: float) -> datetime | None:
        """When so much of it has passed since then; never is None."""

    def between(self, start: datetime, end: datetime) -> float:
        """How many seconds of it lie between two moments."""


@dataclass(frozen=True)
class AroundTheClock:
    """All time counts."""

    def after(self, start: datetime, seconds: float) -> datetime | None:
        return start + timedelta(seconds=seconds)

    def between(self, start: datetime, end: datetime) -> float:
        return max((end - start).total_seconds(), 0.0)


@dataclass(frozen=True)
class Span:
    """From when to when somebody works, in minutes since the day began; more than a day has is on the next one."""

    start: int
    end: int


@dataclass(frozen=True)
class WorkingTime:
    """Only the spans of each weekday count, from Monday on, and on a holiday those of the holiday alone."""

    zone: ZoneInfo
    week: Sequence[Sequence[Span]]
    holidays: Mapping[date, Sequence[Span]] = field(default_factory=dict)

    def after(self, start: datetime, seconds: float) -> datetime | None:
        left = timedelta(seconds=seconds)
        if not left:
            return start
        for begin, end in self._stretches(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        return None

    def between(self, start: datetime, end: datetime) -> float:
        worked = timedelta()
        for begin, stop in self._stretches(start):
            if begin >= end:
                break
            worked += min(stop, end) - begin
        return worked.total_seconds()

    def _stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is worked from then on, in order, nothing of it twice. What began the day before may still go on."""
        reached, first = start, start.astimezone(self.zone).date() - A_DAY
        for number in range(HORIZON):
            day = first + timedelta(days=number)
            for span in self.holidays.get(day, self.week[day.weekday()]):
                begin, end = max(self._moment(day, span.start), reached), self._moment(day, span.end)
                if begin < end:
                    yield begin, end
                    reached = end

    def _moment(self, day: date, minute: int) -> datetime:
        days, rest = divmod(minute, MINUTES)
        return _instant(datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60))), self.zone)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks show this."""
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    return found if found.astimezone(zone).replace(tzinfo=None) == wall else _put_forward(wall, zone)


def _put_forward(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks are put forward past what they never show."""
    late, early = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    then = late.astimezone(zone).utcoffset()
    seconds = range(int((late - early).total_seconds()) + 1)
    found = bisect_left(
        seconds, True, key=lambda one: (early + timedelta(seconds=one)).astimezone(zone).utcoffset() == then
    )
    return early + timedelta(seconds=found)
