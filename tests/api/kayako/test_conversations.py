"""Conversations in Kayako's dialect: cases from the side of whoever asked for them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.queries import queries
from tests.sandbox import Outside

User = Callable[[str], Kayako]
NEW = {"subject": "A chair", "contents": "Mine is broken."}
AT = "/conversations"


@pytest.fixture
def amy(user: User) -> Kayako:
    """Who asks for something here, and is of the team like ben, who answers."""
    return user("amy")


def asked(amy: Kayako, **more: Any) -> Any:
    answer = amy.post(AT, {**NEW, **more})
    assert (answer.status_code, answer.json["resource"]) == (201, "conversation"), answer.text
    return answer.json["data"]


@on_both
def test_a_conversation_is_a_case_of_the_caller(
    kayako: Kayako, amy: Kayako, cast: Cast, outside: Outside, work: Worker
) -> None:
    made = asked(amy)
    assert (made["requester"]["id"], made["creator"]["id"]) == (cast.amy.id, cast.amy.id)
    assert (made["subject"], made["channel"], made["is_closed"]) == ("A chair", "HELPCENTER", False)
    assert made["last_message_preview"] == "Mine is broken."
    assert made["resource_url"].endswith(f"/api/v1{AT}/{made['id']}")
    case = kayako.get(f"/cases/{made['id']}?include=channel").json["data"]
    assert (case["requester"]["id"], case["source_channel"]["type"]) == (cast.amy.id, "HELPCENTER")
    assert kayako.post(f"/cases/{made['id']}/reply", {"contents": "A new one is coming."}).status_code == 201
    work()
    assert "A new one is coming." in str(outside.inbox(cast.amy.email)[-1])
    shown = amy.get(f"{AT}/{made['id']}").json["data"]
    assert (shown["last_replier"]["id"], shown["last_agent_replier"]["id"]) == (cast.ben.id, cast.ben.id)
    assert (shown["last_message_status"], shown["last_replied_at"] is not None) == ("SENT", True)


@on_both
def test_everybody_sees_what_he_himself_has_asked_for(user: User, amy: Kayako, api: Api) -> None:
    api.opened(UNA)
    first, second = asked(amy), asked(amy)
    page = amy.get(f"{AT}?limit=1")
    assert ([one["id"] for one in page.json["data"]], page.json["total_count"]) == ([second["id"]], 2)
    assert page.headers["Link"].endswith('offset=1>; rel="next"')
    user("olga").put(f"/cases/{first['id']}", {"status": "COMPLETED"})
    assert [one["id"] for one in amy.get(f"{AT}?status=COMPLETED").json["data"]] == [first["id"]]
    olga = user("olga")
    assert olga.get(AT).json["data"] == []
    for path in (f"{AT}/{first['id']}", f"{AT}/{first['id']}/messages", f"{AT}/4711"):
        assert (olga.get(path).status_code, olga.get(path).json["errors"][0]["code"]) == (404, "RESOURCE_NOT_FOUND")
    assert olga.post(f"{AT}/{first['id']}/messages", {"contents": "Mine"}).status_code == 404


@on_both
def test_nothing_that_is_the_teams_own_is_in_a_conversation(
    kayako: Kayako, amy: Kayako, user: User, cast: Cast, api: Api
) -> None:
    for key, seen in (("colour", True), ("margin", False)):
        told = {"level": "case", "key": key, "title": key, "type": "text", "visible_to_customers": seen}
        assert api.post("/fields", told).status_code == 201
    made = asked(amy)
    at = f"/cases/{made['id']}"
    said = {"priority": "HIGH", "type_id": 1, "assigned_agent_id": cast.ben.id}
    values = {"field_values": {"colour": "red", "margin": "42 percent"}}
    assert kayako.put(at, {**said, **values}).status_code == 200
    assert kayako.post(f"{at}/notes", {"contents": "He is a nuisance."}).status_code == 201
    shown, listed = amy.get(f"{AT}/{made['id']}?include=*"), amy.get(f"{AT}?include=*")
    messages = amy.get(f"{AT}/{made['id']}/messages?include=*")
    for answer in (shown, listed, messages):
        assert answer.status_code == 200
        assert not any(word in answer.text for word in ("nuisance", "42 percent", "margin"))
    found = shown.json["data"]
    assert [one["value"] for one in found["custom_fields"]] == ["red"]
    own = ("priority", "type", "assigned_agent", "assigned_team", "read_marker")
    assert {name: found[name] for name in own} == dict.fromkeys(own)
    assert found["last_message_preview"] == "Mine is broken."
    assert [one["contents"] for one in messages.json["data"]] == ["Mine is broken."]


@on_both
def test_whoever_asked_says_more_and_the_case_waits_for_the_team(
    kayako: Kayako, amy: Kayako, cast: Cast, outside: Outside, work: Worker
) -> None:
    made = asked(amy)
    kayako.post(f"/cases/{made['id']}/reply", {"contents": "Which chair?", "status": "PENDING"})
    work()
    said = amy.post(f"{AT}/{made['id']}/messages", {"contents": "The red one.", "client_id": "m-1"})
    assert (said.status_code, said.json["resource"]) == (201, "message")
    message = said.json["data"]
    assert (message["contents"], message["client_id"], message["creator"]["id"]) == ("The red one.", "m-1", cast.amy.id)
    work()
    assert "The red one." in str(outside.inbox(cast.ben.email)[-1])
    case = kayako.get(f"/cases/{made['id']}?include=case_status").json["data"]
    assert (case["status"]["type"], case["last_reply_by_requester_at"] is not None) == ("OPEN", True)
    page = amy.get(f"{AT}/{made['id']}/messages?limit=2").json
    assert [one["contents"] for one in page["data"]] == ["The red one.", "Which chair?"]
    assert (page["total_count"], "after_id" in page["next_url"]) == (3, True)
    assert amy.get(AT).json["data"][0]["last_agent_replier"]["id"] == cast.ben.id


def test_what_is_spam_or_in_the_trash_is_no_conversation(user: User, amy: Kayako) -> None:
    made = asked(amy)
    assert user("olga").put(f"/cases/{made['id']}/trash").status_code == 200
    assert amy.get(f"{AT}/{made['id']}").status_code == 404
    assert amy.get(AT).json["data"] == []


def test_in_a_closed_conversation_nothing_is_said_where_cases_stay_closed(
    api: Api, kayako: Kayako, amy: Kayako
) -> None:
    made = asked(amy)
    kayako.put(f"/cases/{made['id']}", {"status": "CLOSED"})
    api.post("/config", {"caseCanReopen": False})
    assert amy.get(f"{AT}/{made['id']}").json["data"]["is_closed"] is True
    refused = amy.post(f"{AT}/{made['id']}/messages", {"contents": "Hello?"})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (409, "NOT_ALLOWED")


@pytest.mark.parametrize(
    ("said", "code", "parameter"),
    [
        ({"contents": "x"}, "FIELD_REQUIRED", "subject"),
        ({"subject": "x"}, "FIELD_REQUIRED", "contents"),
        ({"subject": "x", "contents": " "}, "FIELD_EMPTY", "contents"),
        ({**NEW, "attachment_file_ids": "4711"}, "FIELD_INVALID", "attachment_file_ids"),
    ],
)
def test_what_is_wrong_with_a_conversation_is_named(
    amy: Kayako, said: dict[str, str], code: str, parameter: str
) -> None:
    [error] = amy.post(AT, said).json["errors"]
    assert (error["code"], error["parameter"]) == (code, parameter)


def test_files_that_came_before_are_in_a_message(amy: Kayako) -> None:
    file = amy.call("POST", "/files?_filename=chair.txt", data=b"red").json["data"]["id"]
    made = asked(amy, attachment_file_ids=file)
    [message] = amy.get(f"{AT}/{made['id']}/messages?include=attachment").json["data"]
    assert [one["name"] for one in message["attachments"]] == ["chair.txt"]


def test_a_page_of_conversations_takes_as_many_statements_however_long_it_is(app: Flask, amy: Kayako) -> None:
    asked(amy)

    def counted() -> int:
        amy.get(f"{AT}?include=*&limit=100")
        with queries(app) as found:
            assert amy.get(f"{AT}?include=*&limit=100").status_code == 200
        return len(found)

    few = counted()
    for _ in range(9):
        asked(amy)
    assert counted() == few


def test_whoever_is_named_in_a_conversation_is_named_alone(amy: Kayako, user: User) -> None:
    asked = amy.post("/conversations", {"subject": "Help", "contents": "Please"}).json["data"]["id"]
    user("ben").post(f"/cases/{asked}/reply", {"contents": "Here you are."})
    conversation = amy.get(f"/conversations/{asked}?include=*")
    assert conversation.json["data"]["last_replier"].keys() == {"id", "full_name", "resource_type"}
    messages = amy.get(f"/conversations/{asked}/messages?include=*")
    assert [one["creator"]["full_name"] for one in messages.json["data"]] == ["Ben Foo", "Amy Bar"]
    assert BEN not in conversation.text + messages.text


def test_nothing_is_said_any_more_in_a_conversation_that_went_up_in_another(amy: Kayako, user: User) -> None:
    first, second = (amy.post("/conversations", {"subject": one, "contents": one}).json["data"]["id"] for one in "ab")
    user("ben").post(f"/cases/{first}/merge", {"case_ids": str(second)})
    assert amy.get(f"/conversations/{second}").json["data"]["is_closed"] is True
    assert amy.get(f"/conversations/{first}").json["data"]["is_closed"] is False
