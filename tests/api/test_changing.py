"""Changing a case, over HTTP."""

import re
from typing import Any

import pytest
from flask import Flask

from app.api.casey.routing import OPERATIONS, Operation
from app.extensions import db
from app.people.credentials import create_key
from app.people.models import Role, Team
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both

UNKNOWN = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def billing(app: Flask) -> str:
    """The uuid of a team."""
    with app.app_context(), transaction():
        team = Team(name="Billing")
        db.session.add(team)
        db.session.flush()
        return str(team.uuid)


@on_both
def test_a_case_is_changed_by_what_is_named(api: Api, cast: Cast, billing: str) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    change: dict[str, Any] = {
        "subject": "Two bugs",
        "type": "problem",
        "category": "warranty",
        "language": "pt-BR",
        "meta": {"order": 4711},
        "priority": "high",
        "status": "waiting",
        "requester": str(cast.ben.uuid),
        "assignee": str(cast.amy.uuid),
        "team": billing,
    }
    answer = api.patch(path, change)
    assert answer.status_code == 200
    found = answer.json | {name: answer.json[name]["uuid"] for name in ("requester", "assignee", "team")}
    assert {name: found[name] for name in change} == change
    assert {one["email"] for one in answer.json["participants"]} >= {cast.ben.email, cast.amy.email}
    assert api.get(path).json == answer.json
    emptied = dict.fromkeys(("type", "category", "language", "assignee", "team"))
    assert api.patch(path, emptied).json | emptied == api.get(path).json


def test_the_empty_change_changes_nothing(api: Api) -> None:
    case = api.opened(UNA)
    assert api.patch(f"/cases/{case['uuid']}", {}).json == api.get(f"/case/{case['uuid']}").json


def test_a_case_is_assigned_to_a_person_and_a_team(api: Api, cast: Cast, billing: str) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}/assign"
    answer = api.post(path, {"person": str(cast.ben.uuid), "team": billing})
    assert (answer.json["assignee"]["name"], answer.json["team"]["name"]) == ("Ben Foo", "Billing")
    answer = api.post(path, {"person": None})
    assert (answer.json["assignee"], answer.json["team"]["name"]) == (None, "Billing")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": " \n "}, "subject"),
        ({"subject": "one\r\nBcc: eve@stranger.test"}, "subject"),
        ({"subject": None}, "subject"),
        ({"subject": "s" * 501}, "subject"),
        ({"type": "t" * 41}, "type"),
        ({"type": "a\u2028b"}, "type"),
        ({"category": 5}, "category"),
        ({"language": "no language"}, "language"),
        ({"language": "de-" * 20}, "language"),
        ({"meta": None}, "meta"),
        ({"meta": {"caseyOrder": 1}}, "meta"),
        ({"meta": {"x": "x" * 65_536}}, "meta"),
        ({"priority": "urgent"}, "priority"),
        ({"status": "pending"}, "status"),
        ({"status": None}, "status"),
        ({"custom_status": "unknown"}, "custom_status"),
        ({"custom_status": "any", "status": "open"}, "custom_status"),
        ({"requester": None}, "requester"),
        ({"requester": UNKNOWN}, "requester"),
        ({"assignee": "ben"}, "assignee"),
        ({"assignee": UNKNOWN}, "assignee"),
        ({"assignee": "{una}"}, "assignee"),
        ({"team": UNKNOWN}, "team"),
        ({"reference": "1-1"}, "reference"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_its_field_and_nothing_is_changed(
    api: Api, cast: Cast, change: dict[str, Any], field: str
) -> None:
    case = api.opened(UNA)
    wrong = {name: str(cast.una.uuid) if value == "{una}" else value for name, value in change.items()}
    answer = api.patch(f"/cases/{case['uuid']}", {"type": "problem", **wrong})
    assert (answer.status_code, answer.json["field"]) == (422, field), answer.text
    assert api.get(f"/cases/{case['uuid']}").json["type"] is None


def test_who_cannot_answer_for_a_case_is_named_as_the_call_names_him(api: Api, cast: Cast) -> None:
    answer = api.post(f"/cases/{api.opened(UNA)['uuid']}/assign", {"person": str(cast.una.uuid)})
    assert (answer.status_code, answer.json["field"]) == (422, "person")


CHANGING = [one for one in OPERATIONS if one.method == "PATCH"]
READING = {one.rule: one.act for one in OPERATIONS if one.method == "GET"}


@pytest.mark.parametrize("operation", CHANGING, ids=lambda one: one.rule)
def test_a_change_of_nothing_needs_what_reading_needs(app: Flask, cast: Cast, operation: Operation) -> None:
    reading, path = READING[operation.rule], re.sub("<[^>]*>", str(cast.una.uuid), operation.rule)
    assert operation.act is not None
    for acts in ({operation.act}, {operation.act, reading}):
        with app.app_context(), transaction():
            _, key = create_key("narrow", Role.OWNER, person=None, by=None, scopes=[act for act in acts if act])
        answer = Api(app.test_client(), key).patch(path, {})
        refused = answer.status_code == 403 and str(reading) in answer.json["detail"]
        assert refused is (reading not in acts and answer.status_code != 422)


def test_who_may_only_write_sees_what_came_of_his_change(app: Flask, api: Api) -> None:
    case = f"/cases/{api.opened(UNA)['uuid']}"
    narrow = {"role": "agent", "name": "narrow", "scopes": ["write_cases"]}
    writer = api.as_(api.post("/api-keys", narrow).json["key"])
    assert writer.patch(case, {"subject": "Another bug"}).json["subject"] == "Another bug"
    for path in (case, case.replace("/cases/", "/case/")):
        assert writer.patch(path, {}).status_code == writer.get(path).status_code == 403
