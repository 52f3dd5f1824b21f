"""Notes, messages and activities by Kayako's dialect, as what posts are made of."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.kayako.client import Kayako
from tests.api.kayako.written import noted, wrote
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

NOTES = "/cases/1/notes"

User = Callable[[str], Kayako]


@on_both
def test_a_note_is_the_callers_and_mailed_to_nobody(
    kayako: Kayako, cast: Cast, case: Any, work: Worker, outside: Outside
) -> None:
    answer = kayako.post(NOTES, {"contents": "She has called twice."})
    assert (answer.status_code, answer.json["resource"]) == (201, "note")
    note = answer.json["data"]
    assert (note["body_text"], note["body_html"], note["color"]) == ("She has called twice.", None, "YELLOW")
    assert (note["user"]["id"], note["is_pinned"], note["attachments"]) == (cast.ben.id, False, [])
    before = len(outside.inbox(UNA))
    work()
    assert len(outside.inbox(UNA)) == before
    assert kayako.get(NOTES).json["data"] == [note]
    assert kayako.get(f"{NOTES}/{note['id']}").json["data"] == note


def test_a_note_is_named_in_either_way_and_may_be_html(kayako: Kayako, case: Any) -> None:
    assert kayako.post(NOTES, {"body_text": "One"}).json["data"]["body_text"] == "One"
    html = kayako.post(NOTES, {"body_html": "<b>Two</b><script>x</script>"}).json["data"]
    assert (html["body_text"], html["body_html"]) == ("Two", "<b>Two</b>")
    assert kayako.post(NOTES, {"body_text": "Three", "is_pinned": "true"}).json["data"]["is_pinned"] is True


def test_a_note_without_a_text_is_refused(kayako: Kayako, case: Any) -> None:
    for said in ({}, {"contents": ""}):
        [error] = kayako.post(NOTES, said).json["errors"]
        assert error["code"] == "ANY_FIELD_REQUIRED"
        assert error["parameters"] == ["contents", "body_text", "body_html"]


def test_what_is_wrong_with_a_note_is_named_as_the_note_names_it(kayako: Kayako, case: Any) -> None:
    note = kayako.post(NOTES, {"contents": "One"}).json["data"]["id"]
    for answer, name in (
        (kayako.post(NOTES, {"body_html": "<b></b>"}), "body_html"),
        (kayako.put(f"{NOTES}/{note}", {"body_html": "<b></b>"}), "body_html"),
        (kayako.put(f"{NOTES}/{note}", {"contents": ""}), "contents"),
    ):
        [error] = answer.json["errors"]
        assert (answer.status_code, error["parameter"]) == (400, name)


def test_a_note_is_changed_by_its_author_and_by_agents(user: User, api: Api, case: Any) -> None:
    noted(api, case, "Wrong")
    note = user("ben").get(NOTES).json["data"][0]["id"]
    assert user("amy").put(f"{NOTES}/{note}", {"contents": "Right"}).status_code == 403
    changed = user("olga").put(f"{NOTES}/{note}", {"body_text": "Right", "is_pinned": True}).json["data"]
    assert (changed["body_text"], changed["is_pinned"]) == ("Right", True)
    assert user("ben").put(f"{NOTES}/{note}", {"is_pinned": False}).json["data"]["is_pinned"] is False
    assert user("ben").put(f"{NOTES}/4711", {"contents": "x"}).status_code == 404


def test_a_note_may_come_with_files(kayako: Kayako, case: Any) -> None:
    form = {"contents": "See the file.", "attachment": (io.BytesIO(b"one"), "one.txt")}
    note = kayako.call("POST", NOTES, data=form, content_type="multipart/form-data").json["data"]
    [file] = kayako.get(f"{NOTES}/{note['id']}?include=attachment").json["data"]["attachments"]
    assert (file["name"], file["size"]) == ("one.txt", 3)


@on_both
def test_messages_are_listed_without_notes_from_the_latest_back(
    api: Api, kayako: Kayako, cast: Cast, case: Any
) -> None:
    wrote(api, case, "one", "two")
    noted(api, case, "three")
    answer = kayako.get("/cases/1/messages?limit=2").json
    assert [one["body_text"] for one in answer["data"]] == ["two", "one"]
    assert (answer["resource"], answer["total_count"]) == ("case_message", 3)
    assert "after_id=" in answer["next_url"]
    [message, _] = answer["data"]
    assert (message["fullname"], message["email"]) == ("Ben Foo", cast.ben.email)
    assert message["mailbox"] == {"id": 1, "resource_type": "mailbox"}
    for path in ("/messages", "/cases/messages", "/cases/1/messages"):
        assert kayako.get(f"{path}/{message['id']}").json["data"] == message
    assert kayako.get("/messages/4711").status_code == 404
    note = kayako.get(NOTES).json["data"][0]["id"]
    assert kayako.get(f"/messages/{note}").status_code == 404


@on_both
def test_activities_say_who_changed_what_from_what_to_what(api: Api, kayako: Kayako, cast: Cast, case: Any) -> None:
    api.patch(f"/cases/{case['uuid']}", {"priority": "high", "assignee": str(cast.amy.uuid)})
    answer = kayako.get("/cases/1/activities?limit=200").json
    assert (answer["resource"], answer["total_count"]) == ("activity", len(answer["data"]))
    found = {one["activity"]: one for one in answer["data"]}
    [priority] = found["priority_changed"]["actions"]
    assert (priority["field"], priority["old_value"], priority["new_value"]) == ("priority", "normal", "high")
    assert found["priority_changed"]["summary"] == "Olga Owner changed the priority from normal to high."
    [assigned] = found["case_assigned"]["actions"]
    assert (assigned["action"], assigned["old_object"]) == ("CREATED", None)
    assert assigned["new_object"] == {"id": cast.amy.id, "resource_type": "user"}
    one = found["case_assigned"]
    assert (one["verb"], one["result"], one["object"]["resource_type"]) == ("UPDATE_CASE", "SUCCESS", "case")
    assert one["actor"]["id"] == cast.olga.id


def test_activities_are_paged_along(api: Api, kayako: Kayako, case: Any) -> None:
    first = kayako.get("/cases/1/activities?limit=1")
    assert first.headers["Link"].endswith('rel="next"')
    following = kayako.get(first.json["next_url"].partition("/api/v1")[2]).json["data"]
    assert following[0]["id"] < first.json["data"][0]["id"]


@pytest.mark.parametrize("path", ["notes", "messages", "activities"])
def test_what_is_on_no_case_is_not_found(kayako: Kayako, path: str) -> None:
    assert kayako.get(f"/cases/4711/{path}").status_code == 404
