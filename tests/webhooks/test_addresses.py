"""A webhook leads to the public internet and to nowhere else, whatever its name leads to."""

import socket
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask

from app.webhooks import transport
from app.webhooks.addresses import is_public
from app.webhooks.transport import Unreachable, post
from tests.api_client import Api


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "168.63.129.16", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        "ff02::1", "no address",
    ],
)  # fmt: skip
def test_what_is_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111"])
def test_what_is_outside_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://receiver.test/", "receiver.test", "https://", "https:///path", "https://user:pass@receiver.test/",
        "https://receiver.test/#part", "https://receiver.test:8443/", "http://127.0.0.1/", "http://[::1]/",
        "http://localhost/", "http://2130706433/", "https://receiver.test/\r\nX: y", "https://receiver.test/a b",
        "https://receiver.test:99999/", "https://[receiver", "file:///etc/passwd", "https://r\u00e9ceiver.test/",
    ],
)  # fmt: skip
def test_an_address_that_is_no_public_one_is_refused(api: Api, url: str) -> None:
    answer = api.post("/webhooks", {"url": url})
    assert (answer.status_code, answer.json["field"]) == (422, "url")


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["169.254.169.254"], ["::1"]])
def test_a_name_that_leads_inside_is_not_gone_to(
    context: Flask, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    def resolved(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    assert post("https://receiver.test/", b"{}", {}) == Unreachable("The address is not public.")


@pytest.mark.settings(CASEY_WEBHOOK_ALLOW_PRIVATE="true")
def test_a_receiver_that_drips_is_hung_up_on(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LONGEST", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=[server], daemon=True).start()
        began = time.monotonic()
        outcome = post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
    assert isinstance(outcome, Unreachable)
    assert time.monotonic() - began < 5


def drip(server: socket.socket) -> None:
    plug, _ = server.accept()
    with plug, suppress(OSError):
        while True:
            plug.sendall(b"H")
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"events": []}, "events"),
        ({"events": ["case closed"]}, "events.0"),
        ({"events": "*"}, "events"),
        ({"events": [None]}, "events.0"),
        ({"description": "x" * 501}, "description"),
        ({"url": None}, "url"),
        ({"secret": "mine"}, "secret"),
    ],
)
def test_what_makes_no_webhook_is_refused(api: Api, wrong: dict[str, Any], field: str) -> None:
    answer = api.post("/webhooks", {"url": "https://receiver.test/", **wrong})
    assert (answer.status_code, answer.json["field"]) == (422, field)
