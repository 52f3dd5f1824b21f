"""Whoever answers drop by drop is listened to for as long as was meant, whatever it is that he drips."""

import ssl
import time
from pathlib import Path

import pytest
import requests.adapters
from flask import Flask

from app.api import uploads
from app.files import fetching
from app.files.fetching import Unfetchable
from app.patience import Patience
from app.webhooks import transport
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.files.drip import Drip
from tests.files.web import Web
from tests.servers.certificate import Certificate
from tests.storage import contents

SECONDS, SOON, LONG = 0.5, 3.0, 5.0
OK = b"HTTP/1.1 200 OK\r\n"
AWAY = b"HTTP/1.1 302 Found\r\nLocation: %s://localhost/\r\nContent-Length: 0\r\n\r\n"
DRIPS = {
    "the status line": (b"HTTP/1.1 200 ", b"O"),
    "a header": (OK + b"X-Long: ", b"x"),
    "headers": (OK, b"X: y\r\n"),
    "answers before the answer": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the size of a chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "a chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n", b"x"),
    "what follows the chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    "a body with a length": (OK + b"Content-Length: 1000\r\n\r\n", b"x"),
    "a body without a length": (OK + b"\r\n", b"x"),
    "the body of an error": (b"HTTP/1.1 500 No\r\n\r\n", b"x"),
}


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """One that is trusted by whoever fetches files."""
    found = Certificate(tmp_path)
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(found.path))
    return found


@pytest.fixture(params=["http", "https"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(app: Flask, scheme: str, certificate: Certificate) -> ssl.SSLContext | None:
    return certificate.for_server() if scheme == "https" else None


def took(app: Flask, web: Web, drip: Drip, url: str, seconds: float = SECONDS) -> float:
    """How long it takes until a file is given up."""
    web.port, web.names["localhost"] = drip.port, web.names["files.test"]
    began = time.monotonic()
    with app.app_context(), Patience(seconds) as patience, pytest.raises(Unfetchable):
        fetching.fetch(url, patience)
    return time.monotonic() - began


@pytest.mark.parametrize("what", DRIPS)
def test_a_server_that_drips_is_hung_up_on(
    app: Flask, web: Web, scheme: str, context: ssl.SSLContext | None, what: str
) -> None:
    with Drip(*DRIPS[what], context) as drip:
        assert took(app, web, drip, f"{scheme}://localhost/file") < SOON
    assert len(drip.heard) == 1


def test_redirects_without_end_are_given_up_in_the_same_time(
    app: Flask, web: Web, scheme: str, context: ssl.SSLContext | None
) -> None:
    with Drip(b"", AWAY % scheme.encode() * 9, context) as drip:
        assert took(app, web, drip, f"{scheme}://localhost/") < SOON
    with Drip(AWAY % scheme.encode(), b"x", context) as drip:
        assert took(app, web, drip, f"{scheme}://localhost/", LONG) < LONG
    assert len(drip.heard) == fetching.MOST_REDIRECTS + 1


def test_the_body_of_a_redirect_is_not_read(app: Flask, web: Web) -> None:
    away = AWAY.replace(b"Content-Length: 0", b"Content-Length: 9999999") % b"http"
    with Drip(away, b"x") as drip:
        assert took(app, web, drip, "http://localhost/", LONG) < LONG


@pytest.mark.usefixtures("certificate")
def test_a_handshake_that_drips_is_hung_up_on(app: Flask, web: Web) -> None:
    with Drip(b"\x16\x03\x03\x40\x00", b"\x02") as drip:
        assert took(app, web, drip, "https://localhost/") < SOON


def test_all_addresses_of_a_call_have_the_time_of_one(
    app: Flask, api: Api, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SECONDS", 1.0)
    case, before = api.opened(UNA)["uuid"], contents(app)
    body = {"from": BEN, "message": "Hi", "attachment_urls": [f"http://files.test/{number}" for number in range(10)]}
    with Drip(OK + b"Content-Length: 12\r\n\r\n", b"x") as drip:  # a third of the time for each
        web.port, began = drip.port, time.monotonic()
        answer = api.post(f"/cases/{case}/messages", body)
        assert time.monotonic() - began < 1.0 + SOON
    assert (answer.status_code, answer.json["title"]) == (422, "Invalid value")
    assert answer.json["field"] in {"attachment_urls.1", "attachment_urls.2"}
    assert contents(app) == before


@pytest.mark.settings(CASEY_WEBHOOK_ALLOW_PRIVATE="true")
@pytest.mark.parametrize("what", ["the status line", "a header", "answers before the answer", "the size of a chunk"])
def test_a_webhook_that_drips_is_hung_up_on(app: Flask, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(transport, "LONGEST", SECONDS)
    with Drip(*DRIPS[what]) as drip, app.app_context():
        began = time.monotonic()
        transport.post(f"http://127.0.0.1:{drip.port}/", b"{}", {})
        assert time.monotonic() - began < SOON
