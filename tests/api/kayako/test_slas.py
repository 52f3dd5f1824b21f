"""Service levels as Kayako's dialect shows them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import Cast
from tests.conftest import on_both

WEEK = {day: [{"from": "09:00", "to": "17:00"}] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
TARGETS = [
    {"metric": "first_reply", "goal": 3600, "hours": "calendar"},
    {"metric": "next_reply", "goal": 7200, "hours": "calendar"},
    {"metric": "resolution", "priority": "high", "goal": 86400, "hours": "business"},
]


@pytest.fixture
def promised(api: Api) -> Any:
    """A policy for every case, as the native API makes one."""
    answer = api.post("/sla-policies", {"title": "Gold", "targets": TARGETS, "query": {}})
    assert answer.status_code == 201, answer.text
    return answer.json


@on_both
def test_a_case_shows_what_is_promised_of_it_and_how_that_is_kept(promised: Any, kayako: Kayako, cast: Cast) -> None:
    case = kayako.opened(requester_id=cast.una.id, priority_id=3)
    assert case["sla_version"]["resource_type"] == "sla_version"
    assert [one["resource_type"] for one in case["sla_metrics"]] == ["sla_metric"] * len(case["sla_metrics"])
    wished = "include=sla_version,sla_metric,sla_version_target,case_priority"
    shown = kayako.get(f"/cases/{case['id']}?{wished}").json["data"]
    assert shown["sla_version"]["title"] == "Gold"
    assert [one["goal_in_seconds"] for one in shown["sla_version"]["metrics"]] == [3600, 7200, 86400]
    resolution = shown["sla_metrics"][-1]
    assert (resolution["metric_type"], resolution["is_breached"]) == ("RESOLUTION_TIME", False)
    assert resolution["target"]["priority"]["label"] == "High"
    assert resolution["target"]["operational_hours"] == "BUSINESS_HOURS"


def test_policies_and_business_hours_are_listed(api: Api, promised: Any, user: Callable[[str], Kayako]) -> None:
    api.post("/business-hours", {"title": "Office", "time_zone": "Europe/Berlin", "week": WEEK, "default": True})
    amy = user("amy")
    [sla] = amy.get("/slas").json["data"]
    assert (sla["title"], sla["is_enabled"]) == ("Gold", True)
    assert amy.get(f"/slas/{sla['id']}").json["data"] == sla
    [hours] = amy.get("/businesshours").json["data"]
    assert (hours["title"], hours["zone"]) == ("Office", "Europe/Berlin")
    assert amy.get(f"/businesshours/{hours['id']}").json["data"] == hours
    assert amy.get("/slas/4711").status_code == 404


def test_a_case_of_which_nothing_is_promised_shows_that(kayako: Kayako) -> None:
    case = kayako.opened()
    assert (case["sla_version"], case["sla_metrics"]) == (None, [])
