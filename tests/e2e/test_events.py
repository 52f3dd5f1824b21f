"""What happens is told at once: by the stream of a real server, and to webhooks by real workers."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from tests.conftest import on_both
from tests.house import PATIENCE, House
from tests.webhooks.receiver import Receiver

SOON = 5.0


@contextmanager
def stream(house: House, key: str, after: int) -> Iterator[http.client.HTTPResponse]:
    plug = http.client.HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {key}", "Last-Event-ID": str(after)}
    plug.request("GET", "/api/casey/v1/events/stream", headers=headers)
    with closing(plug), plug.getresponse() as lines:
        yield lines


def next_event(lines: http.client.HTTPResponse) -> Any:
    while (line := lines.readline()) and not line.startswith(b"data: "):
        pass
    return json.loads(line.removeprefix(b"data: ")) if line else None


@on_both
def test_what_happens_is_told_at_once_by_stream_and_webhook(house: House) -> None:
    house.environ["CASEY_WEBHOOK_ALLOW_PRIVATE"] = "true"
    house.start("web", "worker")
    key = house.call("POST", "/api-keys", {"name": "reader", "role": "agent"}).json
    with Receiver() as receiver:
        webhook = house.call("POST", "/webhooks", {"url": receiver.url, "events": ["case_*"]}).json
        receiver.secret = webhook["secret"]
        house.call("POST", f"/webhooks/{webhook['uuid']}/test")
        house.until(lambda: receiver.taken, "the worker to have started")
        receiver.taken.clear()
        with stream(house, key["key"], house.call("GET", "/events?limit=200").json["next"]) as lines:
            began = time.monotonic()
            case = {"creator": {"email": "una@customer.test"}, "subject": "Help", "message": "It burns!"}
            opened = house.call("POST", "/cases", case).json
            names = []
            while "case_opened" not in names:
                names.append(next_event(lines)["name"])
            house.until(lambda: receiver.taken, "the webhook to be told")
            assert time.monotonic() - began < SOON
            assert receiver.taken[0]["case"]["uuid"] == opened["uuid"]
            house.call("DELETE", f"/api-keys/{key['uuid']}")
            began = time.monotonic()
            while next_event(lines):
                pass
            assert time.monotonic() - began < SOON


def test_a_stream_ends_at_once_when_casey_is_told_to_stop(house: House) -> None:
    house.start("web")
    with stream(house, house.key, 0) as lines:
        next_event(lines)
        began = time.monotonic()
        house.running["web"].terminate()
        while next_event(lines):
            pass
        assert time.monotonic() - began < 2
        house.stop()
        assert time.monotonic() - began < SOON
