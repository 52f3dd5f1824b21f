"""How many calls are left, as Deskie tells it: with every answer, whatever it is."""

from collections.abc import Mapping

import pytest
import time_machine
from flask import Flask

from app.clock import now
from tests.api.deskie.access import GUARDED
from tests.api.deskie.access.cases import NEW
from tests.api.deskie.client import Deskie
from tests.api.deskie.conftest import Staff

Words = dict[str, str]

NAMES = ("rate_limit_per_minute", "api_calls_left", "retry_after")


def told(headers: Mapping[str, str]) -> list[int]:
    """What is said in the three headers, each of which must be there and be a number."""
    return [int(headers[name]) for name in NAMES]


def test_every_route_says_how_many_calls_are_left(olga: Deskie, words: Words) -> None:
    for route in GUARDED:
        path, body = route.filled(words)
        most, left, seconds = told(olga.call(route.method, path, json=body).headers)
        assert 0 <= left < most, route.name
        assert 0 < seconds <= 60, route.name


def test_every_error_says_so_too(app: Flask, olga: Deskie, words: Words) -> None:
    client = app.test_client()
    case = f"/cases/{words['case']}"
    for answer, status in (
        (olga.post("/cases.json", []), 400),
        (client.get("/api/cases.json"), 401),
        (olga.as_(olga.email, "ck_1_wrong").get("/cases.json"), 401),
        (olga.as_("ben@team.test", olga.key).get("/cases.json"), 403),
        (olga.get("/nothing.json"), 404),
        (olga.get("/cases/99999.json"), 404),
        (client.get("/api/files/nothing"), 404),
        (olga.call("PATCH", "/cases.json"), 405),
        (olga.put(f"{case}/rate/{words['message']}.json", {"rate": {"rating": "best"}}), 422),
        (olga.post("/cases.json", "x" * (2 * 1024 * 1024)), 413),
    ):
        assert answer.status_code == status, answer.text
        told(answer.headers)


@pytest.mark.settings(CASEY_API_RATE_LIMIT="5")
def test_whoever_calls_too_often_waits_until_the_minute_is_over(staff: Staff) -> None:
    """A write counts once, as a read does; what the vendor counts is written down in docs/api/deskie.md."""
    ben, amy = staff("ben"), staff("amy")
    with time_machine.travel(now(), tick=False) as clock:
        counted = [told(ben.post("/cases.json", NEW).headers) for _ in range(2)]
        counted += [told(ben.get("/cases.json").headers) for _ in range(3)]
        assert [one[:2] for one in counted] == [[5, left] for left in (4, 3, 2, 1, 0)]
        refused = ben.get("/cases.json")
        assert (refused.status_code, refused.json["error"]) == (429, "too_many")
        most, left, seconds = told(refused.headers)
        assert (most, left) == (5, 0)
        assert amy.get("/cases.json").status_code == 200
        clock.shift(seconds)
        assert ben.get("/cases.json").status_code == 200
