"""The log of events over HTTP."""

import json
import threading
import time
from contextlib import closing

import pytest
from flask import Flask

from app.api.casey.schemas.events import LONGEST_WAIT
from app.api.streaming import MOST_STREAMS
from app.extensions import db
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries


@on_both
def test_an_event_says_what_happened_to_what_and_who_did_it(api: Api, cast: Cast) -> None:
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/close")
    [event] = api.get("/events?name=case_closed").json["items"]
    about = {"uuid": case["uuid"], "reference": case["reference"]}
    olga = {"uuid": str(cast.olga.uuid), "name": "Olga Owner", "email": cast.olga.email, "team": True}
    assert {name: value for name, value in event.items() if name not in {"sequence", "uuid", "created_at"}} == {
        "name": "case_closed",
        "subject": {"kind": "case", "uuid": case["uuid"]},
        "case": about,
        "actor": olga,
        "old": "new",
        "new": "closed",
        "details": {"idle": False},
    }


def test_events_name_others_by_their_uuids(api: Api, cast: Cast) -> None:
    case = api.opened(UNA)
    message = api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Hi"}).json
    found = {one["name"]: one for one in api.get(f"/events?case={case['uuid']}&limit=200").json["items"]}
    assert found["message_posted"]["new"] == {"post": message["uuid"], "robot": False}
    assert found["case_opened"]["new"]["post"] == case["messages"][0]["uuid"]
    assert found["participant_joined"]["new"] == str(cast.ben.uuid)


def test_the_log_is_read_from_where_one_stopped(api: Api) -> None:
    api.opened(UNA)
    seen, after = [], 0
    while (page := api.get(f"/events?after={after}&limit=3").json)["items"]:
        seen, after = seen + [one["sequence"] for one in page["items"]], page["next"]
    assert seen == [one["sequence"] for one in api.get("/events?limit=200").json["items"]]
    assert sorted(set(seen)) == seen
    assert api.get(f"/events?after={after}").json == {"items": [], "next": after}


def test_names_narrow_the_log_also_by_their_beginning(api: Api) -> None:
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/close")
    names = {one["name"] for one in api.get("/events?name=case_*").json["items"]}
    assert names == {"case_opened", "case_closed"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("after=-1", "after"),
        ("after=9007199254740993", "after"),
        ("after=x", "after"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        (f"wait={LONGEST_WAIT + 1}", "wait"),
        ("wait=-1", "wait"),
        ("name=case%25", "name"),
        ("name=*case", "name"),
        ("name=", "name"),
        ("name=case%0A", "name"),
        ("case=7", "case"),
        ("case=01a200d0-39b5-7136-a763-74a3c46a113b", "case"),
        ("since=1", "since"),
    ],
)
def test_what_cannot_be_asked_is_refused(api: Api, query: str, field: str) -> None:
    answer = api.get(f"/events?{query}")
    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_a_page_costs_the_same_however_much_happened_on_it(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with queries(app) as few:
        api.get("/events?limit=200")
    for _ in range(5):
        api.opened(UNA)
    with queries(app) as many:
        api.get("/events?limit=200")
    assert len(many) == len(few)


def test_no_secret_stands_in_the_log(api: Api) -> None:
    key = api.post("/api-keys", {"role": "agent", "name": "spare"}).json["key"]
    api.post("/config", {"smtpPassword": "hush hush"})
    log = api.get("/events?limit=200").text
    assert key not in log
    assert "hush" not in log


def test_what_happens_to_settings_keys_and_the_like_is_told_to_admins_only(api: Api) -> None:
    agent = api.as_(api.post("/api-keys", {"role": "agent", "name": "agent"}).json["key"])
    scopes = ["read_events", "manage_webhooks"]
    narrow = api.as_(api.post("/api-keys", {"role": "admin", "name": "narrow", "scopes": scopes}).json["key"])
    api.post("/config", {"teamInviteCount": 5})
    api.post("/webhooks", {"url": "https://hooks.example/casey"})
    api.post("/filters", {"name": "Mine", "query": {"status": "new"}})
    api.opened(UNA)
    kept = {"setting_changed", "key_created", "webhook_created", "filter_saved"}
    assert kept <= {one["name"] for one in api.get("/events?limit=200").json["items"]}
    for key in (agent, narrow):
        seen = {one["name"] for one in key.get("/events?limit=200").json["items"]}
        assert "case_opened" in seen
        assert not kept & seen
        assert key.get("/events?name=setting_*").json["items"] == []
        with closing(key.get("/events/stream?after=0&wait=0")) as answer:
            streamed = answer.text
        assert "case_opened" in streamed
        assert not any(name in streamed for name in kept)


@on_both
def test_whoever_waits_is_told_as_soon_as_something_happens_and_holds_no_connection(app: Flask, api: Api) -> None:
    after = api.get("/events?limit=200").json["next"]
    found = []
    waiting = threading.Thread(target=lambda: found.append(api.get(f"/events?after={after}&wait=20").json), daemon=True)
    began = time.monotonic()
    waiting.start()
    with app.app_context():
        while db.engine.pool.checkedout():  # type: ignore[attr-defined]
            time.sleep(0.001)
    assert waiting.is_alive()
    api.opened(UNA)
    waiting.join(15)
    assert "case_opened" in {one["name"] for one in found[0]["items"]}
    assert time.monotonic() - began < 10


def test_waiting_ends_when_nothing_happens(api: Api) -> None:
    after = api.get("/events?limit=200").json["next"]
    assert api.get(f"/events?after={after}&wait=1").json == {"items": [], "next": after}


def streamed(text: str) -> list[tuple[int, str]]:
    """The ids and names of the events in a stream."""
    blocks = [block for block in text.split("\n\n") if block.startswith("id: ")]
    parts = [block.split("\n") for block in blocks]
    return [(int(id.removeprefix("id: ")), json.loads(data.removeprefix("data: "))["name"]) for id, data in parts]


def test_a_stream_sends_what_is_there_and_begins_where_a_reader_lost_it(api: Api) -> None:
    api.opened(UNA)
    log = [(one["sequence"], one["name"]) for one in api.get("/events?limit=200").json["items"]]
    answer = api.get("/events/stream?after=0&wait=0", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
    assert streamed(answer.text) == log
    again = api.get("/events/stream?after=0&wait=0", headers={"Last-Event-ID": str(log[4][0])}, buffered=True)
    assert streamed(again.text) == log[5:]
    assert streamed(api.get("/events/stream?wait=0", buffered=True).text) == []
    assert api.get("/events/stream?wait=0", headers={"Last-Event-ID": "x"}).status_code == 422


def test_only_some_streams_are_open_at_once_and_each_gives_its_place_back(api: Api) -> None:
    opened = [api.get("/events/stream?wait=0") for _ in range(MOST_STREAMS)]
    assert {one.status_code for one in opened} == {200}
    refused = api.get("/events/stream?wait=0")
    assert (refused.status_code, refused.json["code"], refused.headers["Retry-After"]) == (503, "busy", "10")
    assert api.call("HEAD", "/events/stream?wait=0").status_code == 200
    for one in opened:
        one.close()
    for _ in range(2 * MOST_STREAMS):
        again = api.get("/events/stream?wait=0")
        assert again.status_code == 200
        again.close()


def test_a_stream_ends_with_its_key(app: Flask, api: Api, cast: Cast) -> None:
    key = api.post("/api-keys", {"role": "agent", "name": "spare"}).json
    answer = api.as_(key["key"]).get("/events/stream?wait=60")
    lines = answer.response
    assert next(iter(lines)).startswith(b"retry")  # type: ignore[call-overload]
    api.delete(f"/api-keys/{key['uuid']}")
    began = time.monotonic()
    assert b"".join(lines) == b""  # type: ignore[arg-type]
    assert time.monotonic() - began < 5
    answer.close()
