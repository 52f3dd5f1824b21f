"""Canned answers: each one's own, and those that the team shares."""

from typing import Any

import pytest

from app.cases import canned_answers
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.export.exported import file_of
from tests.privacy.calls import called

LOG = {"title": "How to send a log", "text": "Please send us casey.log."}


def made(api: Api, **more: Any) -> Any:
    answer = api.post("/canned-answers", LOG | more)
    assert answer.status_code == 201, answer.text
    return answer.json


def titles(api: Api) -> list[str]:
    return [one["title"] for one in api.get("/canned-answers").json["items"]]


@on_both
def test_an_answer_is_kept_changed_and_removed(api: Api) -> None:
    path = f"/canned-answers/{made(api)['uuid']}"
    assert (api.get(path).json["text"], api.get(path).json["html"]) == (LOG["text"], None)
    changed = api.patch(path, {"title": " The log ", "html": "<p>Send <b>it</b>.<script>steal()</script></p>"}).json
    assert (changed["title"], changed["text"], changed["html"]) == ("The log", "Send it.", "<p>Send <b>it</b>.</p>")
    assert api.patch(path, {"text": "Send it!"}).json["html"] is None
    assert api.delete(path).json["text"] == "Send it!"
    assert api.get(path).status_code == 404


def test_text_or_html_is_needed(api: Api) -> None:
    answer = api.post("/canned-answers", {"title": "Empty"})
    assert (answer.status_code, answer.json["field"]) == (422, "text")
    assert made(api, title="HTML alone", html="<p>Hello</p>")["html"] == "<p>Hello</p>"


def test_ones_own_answers_are_nobody_elses(api: Api, cast: Cast) -> None:
    ben, amy = api.as_(cast.keys["ben"]), api.as_(cast.keys["amy"])
    path = f"/canned-answers/{made(ben)['uuid']}"
    assert ben.get(path).status_code == 200
    for other in (api, amy):
        assert other.get(path).status_code == 404
        assert titles(other) == []
    assert api.patch(path, {"text": "Mine"}).status_code == api.delete(path).status_code == 404


def test_admins_share_answers_with_the_team(api: Api, cast: Cast) -> None:
    ben, amy = api.as_(cast.keys["ben"]), api.as_(cast.keys["amy"])
    assert ben.post("/canned-answers", {**LOG, "shared": True}).status_code == 403
    path = f"/canned-answers/{made(api, shared=True)['uuid']}"
    assert titles(ben) == titles(amy) == [LOG["title"]]
    assert ben.patch(path, {"text": "Mine"}).status_code == ben.delete(path).status_code == 403
    own = made(ben)["uuid"]
    assert ben.patch(f"/canned-answers/{own}", {"shared": True}).status_code == 403
    scopes = ["read_cases", "can_answers"]
    narrow = api.as_(api.post("/api-keys", {"role": "admin", "name": "narrow", "scopes": scopes}).json["key"])
    assert narrow.post("/canned-answers", {**LOG, "shared": True}).status_code == 403


def test_the_list_is_read_page_by_page(api: Api) -> None:
    for number in range(5):
        made(api, title=f"Answer {number}")
    found, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/canned-answers?limit=2{cursor and f'&cursor={cursor}'}").json
        found += [one["title"] for one in page["items"]]
        cursor = page["next"]
    assert found == [f"Answer {number}" for number in range(5)]


def test_nobody_keeps_answers_without_end(api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canned_answers, "MOST", 2)
    ben = api.as_(cast.keys["ben"])
    uuids = [made(ben)["uuid"] for _ in range(2)]
    assert ben.post("/canned-answers", LOG).status_code == 409
    [made(api, shared=True) for _ in range(2)]
    assert api.post("/canned-answers", {**LOG, "shared": True}).status_code == 409
    assert made(api)["shared"] is False
    assert ben.patch(f"/canned-answers/{uuids[0]}", {"text": "Still mine"}).status_code == 200


def test_the_answers_of_one_who_is_merged_become_the_others(api: Api, cast: Cast) -> None:
    made(api.as_(cast.keys["ben"]))
    assert api.post(f"/persons/{cast.ben.uuid}/merge", {"into": str(cast.amy.uuid)}).status_code == 200
    assert titles(api.as_(cast.keys["amy"])) == [LOG["title"]]


@on_both
def test_one_who_is_erased_leaves_only_what_he_shared(api: Api, work: Worker, cast: Cast) -> None:
    api.patch(f"/persons/{cast.ben.uuid}", {"role": "admin"})
    ben = api.as_(api.post("/api-keys", {"person": str(cast.ben.uuid), "role": "admin", "name": "b"}).json["key"])
    made(ben, title="His own")
    made(ben, title="Everybody's", text="Write to ben@team.test, says Ben Foo.", shared=True)
    api.post(f"/persons/{cast.ben.uuid}/erase", {})
    work()
    [left] = api.get("/canned-answers").json["items"]
    assert left["title"] == "Everybody's"
    assert "ben@team.test" not in left["text"]
    assert "Ben Foo" not in left["text"]


def test_ones_own_answers_are_in_what_is_told_of_him(api: Api, work: Worker, cast: Cast) -> None:
    made(api.as_(cast.keys["ben"]))
    job = called(api, f"/persons/{cast.ben.uuid}/export", {})
    work()
    told = file_of(api, called(api, f"/jobs/{job['uuid']}"))
    assert LOG["text"] in (told.decode() if isinstance(told, bytes) else told)


def test_what_happens_to_answers_is_told_to_admins_only(api: Api, cast: Cast) -> None:
    made(api)
    api.opened(UNA)
    assert "canned_answer_created" in api.get("/events?limit=200").text
    assert "canned_answer_created" not in api.as_(cast.keys["ben"]).get("/events?limit=200").text
