"""The calls of the README, byte for byte as it shows them; only the key is added."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api_client import Api
from tests.cast import Cast

PERSON = b"""{
    "name": "Ben Foo",
    "email": "ben@domain.tld",
    "team": true
}"""
CASE = b"""{
    "creator": {
        "name": "Some User",
        "email": "some.user@other.tld"
    },
    "subject": "I found a bug",
    "message": "There is a bug over there!"
}"""
MESSAGE = b"""{ 
    "from": "ben@domain.tld",
    "message": "Hello Some User,\\n\\nWe are excited to hear about the bug. Can you tell us more?"
}"""  # noqa: W291 - the README has this blank
CONFIG = b"""[
    { "mailSyncTimer": 120 }
]"""
TEXT = "Hello Some User,\n\nWe are excited to hear about the bug. Can you tell us more?"


def send(api: Api, path: str, body: bytes | None = None) -> TestResponse:
    return api.call("POST", path, data=body, content_type="application/json" if body else None)


@pytest.fixture
def case(api: Api) -> dict[str, Any]:
    assert send(api, "/persons", PERSON).status_code == 201
    found: dict[str, Any] = send(api, "/cases", CASE).json
    return found


def test_step_one_creates_your_team(api: Api) -> None:
    answer = send(api, "/persons", PERSON)
    assert answer.status_code == 201
    assert answer.content_type == "application/json"
    shown = {name: answer.json[name] for name in ("name", "email", "team", "role")}
    assert shown == {"name": "Ben Foo", "email": "ben@domain.tld", "team": True, "role": "agent"}


def test_step_two_creates_a_case(api: Api) -> None:
    answer = send(api, "/cases", CASE)
    assert answer.status_code == 201
    case = answer.json
    assert (case["subject"], case["state"], case["status"]) == ("I found a bug", "active", "new")
    assert (case["creator"]["name"], case["creator"]["email"]) == ("Some User", "some.user@other.tld")
    assert [one["message"] for one in case["messages"]] == ["There is a bug over there!"]
    assert (case["category"], case["tags"], case["meta"]) == (None, [], {})
    assert "confirmation" not in case


@pytest.mark.parametrize("word", ["case", "cases"])
def test_a_message_is_posted_to_the_case(api: Api, case: dict[str, Any], word: str) -> None:
    answer = send(api, f"/{word}/{case['uuid']}/messages", MESSAGE)
    assert answer.status_code == 201
    assert (answer.json["message"], answer.json["channel"]) == (TEXT, "api")
    assert (answer.json["from"]["email"], answer.json["alias"]) == ("ben@domain.tld", "Ben (Support)")


@pytest.mark.parametrize("word", ["case", "cases"])
def test_the_whole_case_is_retrieved(api: Api, case: dict[str, Any], word: str) -> None:
    send(api, f"/case/{case['uuid']}/messages", MESSAGE)
    answer = api.get(f"/{word}/{case['uuid']}")
    assert answer.status_code == 200
    assert (answer.json["reference"], answer.json["status"]) == (case["reference"], "waiting")
    assert [one["message"] for one in answer.json["messages"]] == ["There is a bug over there!", TEXT]
    assert [one["email"] for one in answer.json["participants"]] == ["some.user@other.tld", "ben@domain.tld"]


def test_configuration_is_read_changed_and_committed(api: Api) -> None:
    assert api.get("/config").json["mailSyncTimer"] == 60
    assert send(api, "/config", CONFIG).json["mailSyncTimer"] == 120
    assert send(api, "/config/commit").json == {"committed": ["mailSyncTimer"]}


def test_a_case_carries_its_category_its_tags_and_its_meta(api: Api) -> None:
    more = {
        "category": "warranty",
        "tags": ["Late", "urgent", "late "],
        "meta": {"myPlatformOrderNumber": 17, "myPlatform": {"nested": [1, None, "ä"]}},
    }
    answer = api.post("/cases", json.loads(CASE) | more)
    assert answer.status_code == 201
    case = api.get(f"/case/{answer.json['uuid']}").json
    assert (case["category"], case["tags"], case["meta"]) == ("warranty", ["late", "urgent"], more["meta"])


def test_the_creator_is_found_by_the_address_and_never_renamed(api: Api, cast: Cast) -> None:
    creator = {"name": "Somebody Else", "email": "UNA@customer.TEST"}
    case = api.post("/cases", json.loads(CASE) | {"creator": creator}).json
    assert (case["creator"]["uuid"], case["creator"]["name"]) == (str(cast.una.uuid), "Una Customer")
    assert len(api.get("/persons?team=false").json["items"]) == 1


def test_a_creator_without_a_name_is_called_by_the_address(api: Api) -> None:
    assert api.opened("some.user@other.tld")["creator"]["name"] == "some.user"


def test_whoever_is_unknown_cannot_be_the_sender(api: Api, case: dict[str, Any]) -> None:
    answer = api.post(f"/case/{case['uuid']}/messages", {"from": "eve@stranger.test", "message": "Hi"})
    assert (answer.status_code, answer.json["field"]) == (422, "from")


def test_a_customer_who_is_not_in_the_case_cannot_be_the_sender(api: Api, case: dict[str, Any], cast: Cast) -> None:
    answer = api.post(f"/case/{case['uuid']}/messages", {"from": cast.una.email, "message": "Hi"})
    assert (answer.status_code, answer.json["field"]) == (422, "from")


def test_a_team_member_who_writes_joins_the_case_once(api: Api, case: dict[str, Any], cast: Cast) -> None:
    for _ in range(2):
        answer = api.post(f"/case/{case['uuid']}/messages", {"from": cast.amy.email.upper(), "message": "Hi"})
        assert answer.status_code == 201
    found = api.get(f"/case/{case['uuid']}").json["participants"]
    assert [one["email"] for one in found] == ["some.user@other.tld", cast.amy.email]
