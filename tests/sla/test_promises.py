"""Which policy is for a case, which version of it holds, and what it costs where there is none."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.importing import import_case
from app.clock import now
from app.extensions import db
from app.sla import fitting
from app.sla.metrics import metrics_of_each
from app.sla.models import SlaMetric, SlaVersion
from app.sla.queries import versions_numbered
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.queries import queries
from tests.sla.house import promised


def goals(api: Api, case: Any) -> dict[str, int]:
    """What is promised of a case, in hours."""
    return {one["metric"]: one["goal"] // 3600 for one in api.get(f"/cases/{case['uuid']}/sla").json["metrics"]}


def opened(api: Api, creator: str, **more: Any) -> Any:
    return api.post("/cases", {"creator": {"email": creator}, "subject": "Help", "message": "It burns!", **more}).json


def asked_of_slas(asked: list[str]) -> list[str]:
    return [one for one in asked if "FROM sla_" in one or "business_hours" in one.partition("FROM")[2]]


@on_both
def test_where_nothing_is_promised_nothing_is_asked(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with queries(app) as asked:
        case = api.opened(UNA)
        api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Hello"})
        api.patch(f"/cases/{case['uuid']}", {"priority": "high"})
        api.post(f"/cases/{case['uuid']}/close")
    assert asked_of_slas(asked) == []


def test_that_there_is_none_is_not_believed_for_long(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.opened(UNA)
    monkeypatch.setattr(fitting, "believe_no_longer", lambda: None)
    monkeypatch.setattr("app.sla.policies.believe_no_longer", lambda: None)  # as if another process had made it
    promised(api, "first_reply 1h")
    assert goals(api, api.opened(UNA)) == {}
    monkeypatch.setattr(fitting.time, "monotonic", lambda clock=fitting.time.monotonic: clock() + fitting.BELIEVED)
    assert goals(api, api.opened(UNA)) == {"first_reply": 1}


@on_both
def test_the_first_policy_in_order_that_fits_is_that_of_a_case(api: Api) -> None:
    promised(api, "first_reply 9h", title="All", sort_order=9)
    promised(api, "first_reply 2h", title="Shop", query={"category": "shop"}, sort_order=2)
    promised(api, "first_reply 1h", title="Urgent", query={"tag": "urgent"}, sort_order=1)
    promised(api, "first_reply 3h", title="Off", enabled=False)
    promised(api, "first_reply 4h", title="Eve", query={"requester": EVE}, sort_order=3)
    told = {"shop": {"category": "shop"}, "both": {"category": "shop", "tags": ["urgent"]}, "plain": {}}
    found = {name: goals(api, opened(api, UNA, **more))["first_reply"] for name, more in told.items()}
    assert found == {"shop": 2, "both": 1, "plain": 9}
    assert goals(api, api.opened(EVE)) == {"first_reply": 4}


@on_both
def test_what_is_said_in_a_field_and_in_own_data_decides_too(api: Api) -> None:
    api.post("/config", {"caseMetaFilters": ["plan"]})
    api.post("/fields", {"level": "case", "key": "colour", "title": "Colour", "type": "text"})
    promised(api, "first_reply 1h", query={"meta.plan": "gold"})
    promised(api, "first_reply 2h", query={"field.colour": "red"})
    gold, other = opened(api, UNA, meta={"plan": "gold"}), api.opened(UNA)
    assert (goals(api, gold), goals(api, other)) == ({"first_reply": 1}, {})
    api.patch(f"/cases/{other['uuid']}", {"fields": {"colour": "red"}})
    api.patch(f"/cases/{gold['uuid']}", {"meta": {"plan": "lead"}})
    assert (goals(api, gold), goals(api, other)) == ({}, {"first_reply": 2})
    api.delete("/fields/case/colour")
    assert goals(api, api.opened(UNA)) == {}, "one that can be asked no longer is for no case"


@on_both
def test_what_runs_goes_on_as_it_was_promised_until_something_else_is_said_of_its_case(api: Api) -> None:
    policy = promised(api, "first_reply 4h")
    case, path = api.opened(UNA), f"/sla-policies/{policy['uuid']}"
    changed = api.patch(path, {"targets": [{"metric": "first_reply", "goal": 7200}]}).json
    assert changed["version"] == 2
    assert goals(api, case) == {"first_reply": 4}
    assert goals(api, api.opened(UNA)) == {"first_reply": 2}
    api.post(f"/cases/{case['uuid']}/messages", {"from": UNA, "message": "And it squeaks."})
    assert goals(api, case) == {"first_reply": 4}
    api.patch(f"/cases/{case['uuid']}", {"category": "shop"})
    assert goals(api, case) == {"first_reply": 2}
    assert api.patch(path, {"sort_order": 3, "enabled": False}).json["version"] == 2
    api.delete(path)
    assert goals(api, case) == {"first_reply": 2}
    api.patch(f"/cases/{case['uuid']}", {"category": "house"})
    assert goals(api, case) == {}


@pytest.mark.settings(CASEY_TIME_ZONE="Asia/Tokyo")
def test_hours_without_a_time_zone_are_in_that_of_the_house(api: Api) -> None:
    api.post("/business-hours", {"title": "Office", "week": {"monday": [{"from": "09:00", "to": "17:00"}]}})
    target = {"metric": "first_reply", "goal": 3600, "hours": "business"}
    api.post("/sla-policies", {"title": "Standard", "targets": [target]})
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        case = api.opened(UNA)
        [metric] = api.get(f"/cases/{case['uuid']}/sla").json["metrics"]
    assert metric["due_at"] == "2026-03-02T01:00:00.000Z"


@on_both
def test_a_policy_that_comes_to_fit_counts_from_the_opening_with_all_that_happened_since(api: Api) -> None:
    with time_machine.travel(now() - timedelta(hours=10), tick=False) as clock:
        case = api.opened(UNA)
        clock.shift(timedelta(hours=1))
        api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Which one?"})
        clock.shift(timedelta(hours=6))
        api.post(f"/cases/{case['uuid']}/messages", {"from": UNA, "message": "The left one."})
        clock.shift(timedelta(hours=1))
        promised(api, "first_reply 2h", "next_reply 2h", "resolution 5h", query={"tag": "vip"})
        api.post(f"/cases/{case['uuid']}/tags", {"tags": ["vip"]})
        metrics = {one["metric"]: one for one in api.get(f"/cases/{case['uuid']}/sla").json["metrics"]}
    used = {name: round(one["used"] / 3600) for name, one in metrics.items()}
    assert used == {"first_reply": 1, "next_reply": 1, "resolution": 2}
    assert {name: one["stage"] for name, one in metrics.items()} == {
        "first_reply": "completed",
        "next_reply": "active",
        "resolution": "active",
    }


def test_cases_that_were_opened_elsewhere_have_none(app: Flask, api: Api) -> None:
    promised(api, "first_reply 1h", "next_reply 1h", "resolution 1h")
    message = {"from": UNA, "message": "It burned.", "created_at": "2020-02-03T10:00:00Z"}
    given = {"external_id": "desk-1", "creator": {"email": UNA}, "subject": "Old", "created_at": message["created_at"]}
    with app.app_context(), transaction():
        case = {"uuid": import_case({**given, "messages": [message], "status": "open"}, by=None)["case"]}
    api.patch(f"/cases/{case['uuid']}", {"priority": "high"})
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Still?"})
    assert goals(api, case) == {}


@on_both
def test_a_purged_case_leaves_no_metrics(app: Flask, api: Api) -> None:
    promised(api, "first_reply 1h", "resolution 2h")
    case, kept = api.opened(UNA), api.opened(UNA)
    for verb in ("trash", "purge"):
        assert api.post(f"/cases/{case['uuid']}/{verb}").status_code == 200
    with app.app_context():
        assert set(db.session.scalars(db.select(SlaMetric.case_id))) == {2}
    assert goals(api, kept) == {"first_reply": 1, "resolution": 2}


@on_both
def test_the_metrics_of_a_page_of_cases_are_found_by_one_question(app: Flask, api: Api) -> None:
    promised(api, "first_reply 1h", "resolution 2h")
    for _ in range(5):
        api.opened(UNA)
    with app.app_context(), queries(app) as asked:
        found = metrics_of_each([1, 2, 3, 4, 5])
        told = {(one.metric, one.target.goal, one.target.version.title) for each in found.values() for one in each}
        assert told == {("first_reply", 3600, "Standard"), ("resolution", 7200, "Standard")}
        assert len([one for one in asked if one.startswith("SELECT")]) == 1, asked
    with app.app_context(), queries(app) as asked:
        [version] = db.session.scalars(db.select(SlaVersion.id))
        versions = versions_numbered([version])
        assert [len(versions[version].targets), versions[version].policy.number] == [2, 1]
        assert len([one for one in asked if one.startswith("SELECT")]) == 2, asked


@on_both
def test_what_is_promised_costs_a_handful_of_statements(app: Flask, api: Api) -> None:
    def cost(case: str = "") -> int:
        with queries(app) as asked:
            if case:
                api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Hello"})
            else:
                api.opened(UNA)
        return len([one for one in asked if one.startswith(("SELECT", "INSERT", "UPDATE"))])

    api.opened(UNA)
    before = cost(), cost(api.opened(UNA)["uuid"])
    api.post("/business-hours", {"title": "Always", "week": {}})
    promised(api, "first_reply 1h", "next_reply 1h", "resolution 1h")
    api.opened(UNA)
    after = cost(), cost(api.opened(UNA)["uuid"])
    opening, posting = (more - less for less, more in zip(before, after, strict=True))
    assert opening <= 9, "policies, targets, what fits, the log, the hours; the case and two metrics"
    assert posting <= 8, "the metrics and the hours, when the status changes and when the message is there"


def test_a_policy_for_somebody_who_was_erased_is_for_nobody_and_holds_up_nobody(
    api: Api, work: Worker, cast: Cast
) -> None:
    policy = promised(api, "first_reply 1h", title=f"For {UNA}", query={"requester": UNA})
    assert goals(api, api.opened(UNA)) == {"first_reply": 1}
    assert api.post(f"/persons/{cast.una.uuid}/erase", {}).status_code == 202
    work()
    assert UNA not in api.get(f"/sla-policies/{policy['uuid']}").text
    assert goals(api, api.opened(EVE)) == {}
