"""Adding working time and measuring it are each other's opposite, whenever somebody works and whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sla.working_time import AroundTheClock, Span, WorkingTime

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe"]
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 366 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))


@st.composite
def days(draw: st.DrawFn) -> list[Span]:
    """Up to three spans of a day, the last of which may go on over midnight."""
    edges = sorted(draw(st.sets(st.integers(0, 48), min_size=0, max_size=6)))
    return [
        Span(start * 30, end * 30 + (draw(st.integers(0, 8)) * 60 if end == edges[-1] else 0))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]


@st.composite
def working_times(draw: st.DrawFn) -> WorkingTime:
    """Somewhere, with some holidays, and with an hour on Mondays at least."""
    week = [draw(days()) for _ in range(7)]
    week[0] = week[0] or [Span(540, 600)]
    holidays = {date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 365))): draw(days()) for _ in range(3)}
    return WorkingTime(ZoneInfo(draw(st.sampled_from(ZONES))), week, holidays)


@settings(max_examples=150, deadline=None)
@given(working_times(), MOMENTS, st.integers(1, 30 * 3600))
def test_what_is_added_lies_between(time: WorkingTime, start: datetime, seconds: int) -> None:
    due = time.after(start, seconds)
    assert due is not None
    assert time.between(start, due) == seconds
    assert time.between(start, due - timedelta(seconds=1)) == seconds - 1


@settings(max_examples=150, deadline=None)
@given(working_times(), MOMENTS, st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_time_is_as_long_as_its_parts(time: WorkingTime, start: datetime, first: int, second: int) -> None:
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    assert time.between(start, middle) + time.between(middle, end) == time.between(start, end)
    assert time.between(start, end) <= AroundTheClock().between(start, end)
    assert time.between(end, start) == 0 or first + second == 0


def test_a_day_that_a_place_has_left_out_is_not_worked_on() -> None:
    """Samoa went from the 29th to the 31st of December 2011, from one side of the date line to the other."""
    time = WorkingTime(ZoneInfo("Pacific/Apia"), [[Span(540, 1020)]] * 7)
    start = datetime(2011, 12, 29, 16, tzinfo=ZoneInfo("Pacific/Apia"))
    due = time.after(start, 2 * 3600)
    assert due is not None
    assert due.astimezone(ZoneInfo("Pacific/Apia")).strftime("%d %H:%M") == "31 10:00"
