"""Business hours, policies and how a case stands, over the API."""

from typing import Any

import pytest

from app.sla import business_hours, policies
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both

NINE_TO_FIVE = [{"from": "09:00", "to": "17:00"}]
OFFICE = {"title": "Office", "week": {"monday": NINE_TO_FIVE}}
POLICY = {"title": "Standard", "targets": [{"metric": "first_reply", "goal": 3600, "hours": "calendar"}]}


def made(api: Api, path: str, body: Any) -> Any:
    answer = api.post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json


@on_both
def test_business_hours_are_made_shown_changed_and_deleted(api: Api) -> None:
    office = made(api, "/business-hours", OFFICE)
    path = f"/business-hours/{office['uuid']}"
    assert (office["default"], office["time_zone"], office["holidays"]) == (True, None, [])
    assert (office["week"]["monday"], office["week"]["tuesday"]) == (NINE_TO_FIVE, [])
    late = [{"from": "22:00", "to": "02:00"}, {"from": "07:00", "to": "08:00"}]
    holidays = [
        {"date": "2026-12-26", "title": "Boxing Day"},
        {"date": "2026-12-24", "title": "Christmas Eve", "hours": [{"from": "09:00", "to": "12:00"}]},
    ]
    changes = {"week": {"sunday": late}, "holidays": holidays, "time_zone": "Asia/Tokyo"}
    changed = api.patch(path, changes).json
    assert changed["week"]["sunday"] == late[::-1]
    assert (changed["week"]["monday"], changed["time_zone"]) == ([], "Asia/Tokyo")
    assert [(one["date"], len(one["hours"])) for one in changed["holidays"]] == [("2026-12-24", 1), ("2026-12-26", 0)]
    assert api.get(path).json == changed
    assert api.get("/business-hours").json == {"items": [changed], "next": None}
    assert api.delete(path).json["title"] == "Office"
    assert api.get(path).status_code == 404


@on_both
def test_there_is_one_default_at_a_time(api: Api) -> None:
    office, night = (made(api, "/business-hours", OFFICE | {"title": one})["uuid"] for one in ("Office", "Night"))
    refused = [api.patch(f"/business-hours/{office}", {"default": False}), api.delete(f"/business-hours/{office}")]
    assert [one.status_code for one in refused] == [409, 409]
    assert api.patch(f"/business-hours/{night}", {"default": True}).json["default"] is True
    assert api.get(f"/business-hours/{office}").json["default"] is False
    third = made(api, "/business-hours", {**OFFICE, "default": True})["uuid"]
    assert [one["default"] for one in api.get("/business-hours").json["items"]] == [False, False, True]
    for one in (office, night, third):
        assert api.delete(f"/business-hours/{one}").status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"week": {"monday": [{"from": "9:00", "to": "17:00"}]}}, "week.monday.0.from"),
        ({"week": {"monday": [{"from": "24:00", "to": "17:00"}]}}, "week.monday.0.from"),
        ({"week": {"monday": [{"from": "09:00"}]}}, "week.monday.0.to"),
        ({"week": {"monday": [{"from": "09:00", "to": "09:00"}]}}, "week.monday"),
        ({"week": {"monday": [{"from": "09:00", "to": "12:00"}, {"from": "11:00", "to": "13:00"}]}}, "week.monday"),
        ({"week": {"monday": [{"from": "22:00", "to": "02:00"}, {"from": "23:00", "to": "24:00"}]}}, "week.monday"),
        ({"week": {"Montag": []}}, "week.Montag"),
        ({"week": []}, "week"),
        ({"week": {"monday": [7]}}, "week.monday.0"),
        ({"time_zone": "Berlin"}, "time_zone"),
        ({"holidays": [{"date": "2026-02-30", "title": "x"}]}, "holidays.0.date"),
        ({"holidays": [{"date": "2026-12-25", "title": "x"}, {"date": "2026-12-25", "title": "y"}]}, "holidays.1.date"),
        ({"holidays": [{"date": "2026-12-25"}]}, "holidays.0.title"),
        ({"title": " "}, "title"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_would_be_right(api: Api, change: Any, field: str) -> None:
    answer = api.post("/business-hours", OFFICE | change)
    assert (answer.status_code, answer.json["field"]) == (422, field), answer.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"targets": []}, "targets"),
        ({"targets": [{"metric": "first_reply"}]}, "targets.0.goal"),
        ({"targets": [{"metric": "first_reply", "goal": 0}]}, "targets.0.goal"),
        ({"targets": [{"metric": "hurry", "goal": 1}]}, "targets.0.metric"),
        ({"targets": [{"metric": "resolution", "goal": 1, "hours": "office"}]}, "targets.0.hours"),
        ({"targets": [{"metric": "resolution", "goal": 1}] * 2}, "targets.1"),
        ({"targets": [{"metric": "resolution", "goal": 1, "priority": "low"}] * 2}, "targets.1"),
        ({"query": {"status": "open"}}, "query.status"),
        ({"query": {"created_at": "7d.."}}, "query.created_at"),
        ({"query": {"not.sort": "created_at"}}, "query.not.sort"),
        ({"query": {"priority": "huge"}}, "query.priority"),
        ({"query": {"requester": "me"}}, "query.requester"),
        ({"query": {"field.none": "1"}}, "query.field.none"),
        ({"title": ""}, "title"),
        ({"sort_order": -1}, "sort_order"),
    ],
)
def test_what_cannot_be_promised_is_refused_with_what_would_be_right(api: Api, change: Any, field: str) -> None:
    answer = api.post("/sla-policies", POLICY | change)
    assert (answer.status_code, answer.json["field"]) == (422, field), answer.text


@on_both
def test_policies_are_made_listed_changed_and_deleted(api: Api) -> None:
    first, second = (made(api, "/sla-policies", POLICY | {"title": one}) for one in ("One", "Two"))
    path = f"/sla-policies/{first['uuid']}"
    assert (first["query"], first["sort_order"], first["enabled"], first["version"]) == ({}, 0, True, 1)
    assert first["targets"] == [{**POLICY["targets"][0], "priority": None}]  # type: ignore[dict-item]
    assert api.patch(path, {"title": "One", "targets": first["targets"]}).json["version"] == 1
    changed = api.patch(path, {"query": {"not.priority": "low"}, "description": "For most"}).json
    assert (changed["version"], changed["query"], changed["title"]) == (2, {"not.priority": "low"}, "One")
    changed = api.patch(path, {"sort_order": 5}).json
    page = api.get("/sla-policies?limit=1").json
    assert page["items"] == [changed]
    assert api.get(f"/sla-policies?cursor={page['next']}").json["items"] == [second]
    assert api.delete(path).json == changed
    assert api.get(path).status_code == 404
    assert [one["title"] for one in api.get("/sla-policies").json["items"]] == ["Two"]


def test_nobody_makes_them_without_end(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, path, body in ((policies, "/sla-policies", POLICY), (business_hours, "/business-hours", OFFICE)):
        monkeypatch.setattr(module, "MOST", 1)
        made(api, path, body)
        assert api.post(path, body).status_code == 409


@on_both
def test_a_case_shows_how_what_is_promised_is_kept(api: Api) -> None:
    policy = made(api, "/sla-policies", POLICY)
    case = api.opened(UNA)["uuid"]
    [metric] = api.get(f"/case/{case}/sla").json["metrics"]
    assert (metric["stage"], metric["breached"], metric["goal"], metric["completed_at"]) == (
        "active",
        False,
        3600,
        None,
    )
    assert metric["due_at"] > metric["started_at"]
    api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Here it is."})
    shown = api.get(f"/cases/{case}/sla").json
    assert shown["policy"] == {"uuid": policy["uuid"], "title": "Standard", "version": 1}
    assert shown["metrics"][0]["stage"] == "completed"
    assert shown["metrics"][0]["used"] < 600


def test_a_case_of_which_nothing_is_promised_says_so(api: Api) -> None:
    assert api.get(f"/cases/{api.opened(UNA)['uuid']}/sla").json == {"policy": None, "metrics": []}


@on_both
def test_a_team_has_hours_of_its_own_until_they_are_deleted(api: Api) -> None:
    made(api, "/business-hours", OFFICE)
    night = made(api, "/business-hours", OFFICE | {"title": "Night"})["uuid"]
    team = made(api, "/teams", {"name": "Night", "business_hours": night})
    path = f"/teams/{team['uuid']}"
    assert (team["business_hours"], api.get("/teams").json["items"][0]["business_hours"]) == (night, night)
    assert api.patch(path, {"business_hours": None}).json["business_hours"] is None
    assert api.patch(path, {"business_hours": night}).json["business_hours"] == night
    told = api.get("/audit?name=team_changed").json["items"][0]
    assert (told["old"], told["new"]) == ({"business_hours": None}, {"business_hours": "Night"})
    assert api.patch(path, {"business_hours": team["uuid"]}).json["field"] == "business_hours"
    api.delete(f"/business-hours/{night}")
    assert api.get(path).json["business_hours"] is None


def test_what_is_changed_about_them_stands_in_the_audit_log(api: Api, cast: Cast) -> None:
    office, policy = made(api, "/business-hours", OFFICE), made(api, "/sla-policies", POLICY)
    api.patch(f"/business-hours/{office['uuid']}", {"title": "House"})
    api.patch(f"/sla-policies/{policy['uuid']}", {"enabled": False})
    api.post("/statuses", {"label": "On ice", "base": "open", "sla_active": False})
    assert api.patch("/statuses/On ice", {"sla_active": True}).json["sla_active"] is True
    told = {one["name"]: one for one in api.get("/audit").json["items"]}
    assert (told["business_hours_changed"]["old"], told["business_hours_changed"]["new"]) == (
        {"title": "Office"},
        {"title": "House"},
    )
    assert told["sla_policy_changed"]["subject"] == {"kind": "sla_policy", "uuid": policy["uuid"]}
    assert (told["status_sla_changed"]["old"], told["status_sla_changed"]["new"]) == (False, True)
    assert api.as_(cast.keys["ben"]).post("/sla-policies", POLICY).status_code == 403
