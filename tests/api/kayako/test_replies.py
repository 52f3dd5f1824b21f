"""Replies by Kayako's dialect: what is written, who gets it, and what changes with it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.people.persons import create_person
from app.people.teams import create_team
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

REPLY, POSTS = "/cases/1/reply", "/cases/1/posts"
TEXT = "It is out, write to amy@team.test if not."

User = Callable[[str], Kayako]


def replied(kayako: Kayako, **said: Any) -> Any:
    """A reply, as the post that it made."""
    answer = kayako.post(f"{REPLY}?include=post", {"contents": TEXT, **said})
    assert answer.status_code == 201, answer.text
    [post] = answer.json["data"]["posts"]
    return post


def shown(kayako: Kayako) -> Any:
    return kayako.get("/cases/1").json["data"]


def heard(outside: Outside, address: str = UNA) -> list[Any]:
    return [one for one in outside.inbox(address) if "It is out" in one.get_content()]


@on_both
def test_a_reply_is_mailed_and_answers_the_post_and_the_case(
    kayako: Kayako, cast: Cast, case: Any, work: Worker, outside: Outside
) -> None:
    answer = kayako.post(REPLY, {"contents": TEXT, "channel": "MAIL", "channel_id": "1"})
    body = answer.json
    assert (answer.status_code, body["status"], body["resource"]) == (201, 201, "case_reply")
    [post] = body["data"]["posts"]
    assert body["data"] == {
        "posts": [{"id": post["id"], "resource_type": "post"}],
        "case": {"id": 1, "resource_type": "case"},
        "resource_type": "case_reply",
    }
    work()
    [mail] = heard(outside)
    assert BEN not in mail.as_string()
    found = kayako.get(f"/cases/posts/{post['id']}").json["data"]
    assert (found["creator"]["id"], found["destination_medium"], found["post_status"]) == (cast.ben.id, "MAIL", "SENT")
    assert shown(kayako)["status"]["id"] == 3  # it waits for the customer


@on_both
def test_a_note_is_no_message(kayako: Kayako, case: Any, work: Worker, outside: Outside) -> None:
    post = replied(
        kayako, channel="NOTE", channel_options={"html": "true"}, contents="<b>It is out</b><script></script>"
    )
    assert (post["contents"], post["original"]["resource_type"]) == ("It is out", "note")
    assert kayako.get(f"/cases/1/notes/{post['id']}").json["data"]["body_html"] == "<b>It is out</b>"
    work()
    assert heard(outside) == []
    assert shown(kayako)["status"]["id"] == 1


def test_who_gets_copies_joins_the_case(kayako: Kayako, case: Any, work: Worker, outside: Outside) -> None:
    replied(kayako, channel_options='{"cc": "eve@stranger.test, max@customer.test"}')
    work()
    assert len(heard(outside, EVE)) == len(heard(outside, "max@customer.test")) == 1
    [error] = kayako.post(REPLY, {"contents": TEXT, "channel_options": {"cc": "nobody"}}).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "channel_options")


def test_html_of_a_message_is_made_safe(kayako: Kayako, case: Any) -> None:
    post = replied(kayako, contents="<b>It is out</b><script>x</script>", channel_options={"html": True})
    message = kayako.get(f"/messages/{post['id']}").json["data"]
    assert (message["body_text"], message["body_html"]) == ("It is out", "<b>It is out</b>")


@pytest.mark.usefixtures("form")
@on_both
def test_a_reply_changes_the_case_in_one_go(
    app: Flask, kayako: Kayako, cast: Cast, case: Any, work: Worker, outside: Outside
) -> None:
    with app.app_context(), transaction():
        define_field(FieldLevel.CASE, "product", FieldType.TEXT, {"title": "Product"}, by=None)
        team = create_team("Desk", {}, by=None)
        team_id = team.id
    replied(
        kayako,
        subject="It is on fire",
        status_id="4",
        priority_id=3,
        type_id=1,
        assigned_team_id=team_id,
        assigned_agent_id=cast.amy.id,
        tags="hot,late",
        form_id=1,
        field_values={"product": "Lamp"},
    )
    found = kayako.get("/cases/1?include=tag&fields=+tags").json["data"]
    assert found["subject"] == "It is on fire"
    assert [found[name]["id"] for name in ("status", "priority", "type")] == [4, 3, 1]
    assert (found["assigned_team"]["id"], found["assigned_agent"]["id"]) == (team_id, cast.amy.id)
    assert {one["name"] for one in found["tags"]} == {"hot", "late"}
    assert [one["value"] for one in found["custom_fields"]] == ["Lamp"]
    work()
    assert "It is on fire" in heard(outside)[0]["Subject"]


def test_a_new_requester_gets_the_reply(app: Flask, kayako: Kayako, case: Any, work: Worker, outside: Outside) -> None:
    with app.app_context(), transaction():
        other = create_person("Max", "max@customer.test", by=None).id
    replied(kayako, requester_id=other)
    assert shown(kayako)["requester"]["id"] == other
    work()
    assert len(heard(outside, "max@customer.test")) == 1


def test_what_the_program_says_of_itself_is_shown_with_the_post(kayako: Kayako, case: Any) -> None:
    post = replied(
        kayako, client_id="c-4711", source="mobile", metadata={"user_agent": "Chrome", "page_url": "", "secret": "x"}
    )
    assert (post["client_id"], post["source"]) == ("c-4711", "MOBILE")
    assert post["metadata"] == {"user_agent": "Chrome", "page_url": ""}
    other = replied(kayako, metadata='{"user_agent": "Firefox"}')
    assert (other["client_id"], other["source"], other["metadata"]["user_agent"]) == (None, "API", "Firefox")


def test_files_come_in_a_form_or_came_before(kayako: Kayako, case: Any) -> None:
    before = kayako.call("POST", "/files?_filename=before.txt", data=b"before").json["data"]["id"]
    form = {
        "contents": TEXT,
        "attachment[]": [(io.BytesIO(b"one"), "one.txt"), (io.BytesIO(b"two"), "two.txt")],
        "attachment_file_ids": str(before),
    }
    answer = kayako.call(
        "POST", f"{REPLY}?include=post,attachment", data=form, content_type="multipart/form-data"
    ).json["data"]
    names = [one["name"] for one in answer["posts"][0]["attachments"]]
    assert names == ["one.txt", "two.txt", "before.txt"]
    assert kayako.get("/files").json["total_count"] == 0


def test_a_reply_that_is_refused_uses_no_file_and_changes_nothing(kayako: Kayako, case: Any) -> None:
    file = kayako.call("POST", "/files", data=b"x").json["data"]["id"]
    said = {"contents": TEXT, "subject": "Changed", "attachment_file_ids": file, "assigned_agent_id": 4711}
    [error] = kayako.post(REPLY, said).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "assigned_agent_id")
    assert kayako.get(f"/files/{file}").status_code == 200
    assert shown(kayako)["subject"] == case["subject"]
    assert kayako.get(POSTS).json["total_count"] == 1


@pytest.mark.parametrize(
    ("said", "code", "parameter"),
    [
        ({}, "FIELD_REQUIRED", "contents"),
        ({"contents": ""}, "FIELD_EMPTY", "contents"),
        ({"contents": "x", "channel": "PIGEON"}, "FIELD_INVALID", "channel"),
        ({"contents": "x", "source": "PIGEON"}, "FIELD_INVALID", "source"),
        ({"contents": "x", "channel_options": "{"}, "FIELD_INVALID", "channel_options"),
        ({"contents": "x", "metadata": "{"}, "FIELD_INVALID", "metadata"),
        ({"contents": "x", "status_id": 77}, "FIELD_INVALID", "status_id"),
        ({"contents": "x", "attachment_file_ids": "77"}, "FIELD_INVALID", "attachment_file_ids"),
        ({"contents": "x", "requester_id": 77}, "FIELD_INVALID", "requester_id"),
    ],
)
def test_what_is_wrong_is_named(kayako: Kayako, case: Any, said: Any, code: str, parameter: str) -> None:
    answer = kayako.post(REPLY, said)
    [error] = answer.json["errors"]
    assert (answer.status_code, error["code"], error["parameter"]) == (400, code, parameter)


def test_what_casey_does_not_speak_is_kept_and_sent_nowhere(
    kayako: Kayako, case: Any, work: Worker, outside: Outside
) -> None:
    post = replied(kayako, channel="TWITTER", channel_options={"type": "DM"})
    assert post["destination_medium"] is None
    assert kayako.get(f"{POSTS}?filters=TWEETS").json["data"][0]["id"] == post["id"]
    work()
    assert heard(outside) == []
    assert kayako.get(f"/cases/posts/{post['id']}").json["data"]["post_status"] == "SENT"


def test_a_repeated_reply_is_one(kayako: Kayako, case: Any) -> None:
    first, again = (kayako.post(REPLY, {"contents": TEXT}, headers={"Idempotency-Key": "k-1"}) for _ in range(2))
    assert first.json["data"] == again.json["data"]
    assert kayako.get(POSTS).json["total_count"] == 2
