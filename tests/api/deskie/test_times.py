"""Moments of Deskie's dialect: how they come and how they go."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from app.clock import now
from tests.api.deskie.client import Deskie
from tests.api.deskie.listed import listed
from tests.cast import UNA

IN_MOSCOW = pytest.mark.settings(CASEY_TIME_ZONE="Europe/Moscow")
OUT = "Wed, 01 Dec 2021 00:00:00 +0300"
# All of these are the same moment.
IN = (
    "2021-12-01",
    "2021-12-01 00:00",
    "2021-12-01 00:00:00",
    "2021-11-30T21:00:00Z",
    "2021-12-01T00:00:00+03:00",
    1638306000,
    "1638306000",
    OUT,
)


@IN_MOSCOW
@pytest.mark.parametrize("given", IN)
def test_a_moment_comes_in_many_forms_and_goes_in_one(deskie: Deskie, given: str | int) -> None:
    case = deskie.opened(created_at=given)
    path = f"/cases/{case['case_id']}"
    assert case["created_at"] == OUT
    for kind in ("message", "note"):
        name = "messages" if kind == "message" else "note"
        said = deskie.post(f"{path}/{name}.json", {kind: {"content": "Hi", "created_at": given}}).json["message"]
        assert said["created_at"] == said["sent_at"] == OUT


@IN_MOSCOW
@pytest.mark.parametrize("given", IN)
def test_the_ends_of_a_span_come_in_the_same_forms(deskie: Deskie, given: str | int) -> None:
    before, then, after = (
        deskie.opened(created_at=moment)["case_id"]
        for moment in ("2021-11-30 23:59:59", "2021-12-01 00:00:00", "2021-12-01 00:00:01")
    )
    for word in ("time", "updated_time"):
        first, last = urlencode({f"from_{word}": given}), urlencode({f"to_{word}": given})
        assert sorted(listed(deskie, first)) == [then, after]
        assert sorted(listed(deskie, last)) == [before, then]
        assert listed(deskie, f"{first}&{last}") == [then]


def test_what_has_not_happened_is_a_dash(deskie: Deskie) -> None:
    case = deskie.opened(UNA)
    assert (case["closed_at"], case["closing_speed"]) == ("-", "-")


@pytest.mark.parametrize(("seconds", "minutes"), [(59, 0), (60, 1), (7 * 60 + 30, 7), (26 * 3600, 1560)])
def test_how_long_it_took_to_close_a_case_is_told_in_minutes(deskie: Deskie, seconds: int, minutes: int) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        path = f"/cases/{deskie.opened()['case_id']}.json"
        clock.shift(timedelta(seconds=seconds))
        closed = deskie.put(path, {"case": {"status": "closed"}}).json["case"]
        assert (closed["closing_speed"], closed["closed_at"] != "-") == (minutes, True)
        opened = deskie.put(path, {"case": {"status": "open"}}).json["case"]
        assert (opened["closing_speed"], opened["closed_at"]) == ("-", "-")


def test_a_year_is_read_week_by_week(deskie: Deskie) -> None:
    """As the document has it: by spans of the time of opening, the oldest first, each span page by page."""
    days = [f"2021-{month:02}-{day:02} 12:00:00" for month in (1, 2) for day in range(1, 29, 3)]
    cases = [deskie.opened(created_at=day)["case_id"] for day in days]
    found: list[int] = []
    begin, week = 1609459200, 7 * 86400
    for start in range(begin, begin + 10 * week, week):
        for page in (1, 2):
            span = {"from_time": start, "to_time": start + week - 1, "sort": "created_at_asc"}
            answer = deskie.get(f"/cases.json?{urlencode({**span, 'page': page, 'limit': 2})}").json
            found += [answer[key]["case"]["case_id"] for key in "01" if key in answer]
    assert found == cases
