"""Our styles and scripts are light on their way, and pages that hold secrets tell nothing by how long they are."""

import gzip
import mimetypes

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

STYLES = "/static/casey.css"
SHORT = {"Accept-Encoding": "gzip, br"}


def got(app: Flask, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    """The whole answer."""
    return app.test_client().get(path, headers=headers, buffered=True)


@pytest.mark.settings(CASEY_CONTACT_FORM="true")
@pytest.mark.parametrize("path", ["/static/casey.css", "/static/reply.js", "/widget.js"])
def test_they_come_in_gzip_for_whoever_takes_it(app: Flask, path: str) -> None:
    plain, short = got(app, path), got(app, path, SHORT)
    assert short.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(short.data) == plain.data
    assert len(short.data) == int(short.headers["Content-Length"]) < len(plain.data) / 1.5
    assert plain.headers["Vary"] == short.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("kind", ["text/javascript", "application/javascript"])
def test_a_script_is_one_by_either_of_its_names(app: Flask, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(mimetypes, "guess_type", lambda *_: (kind, None))
    script = got(app, "/static/reply.js", SHORT)
    assert (script.mimetype, script.headers["Content-Encoding"]) == (kind, "gzip")


def test_whoever_has_them_already_is_sent_nothing(app: Flask) -> None:
    known = got(app, STYLES, SHORT).headers["ETag"]
    again = got(app, STYLES, {**SHORT, "If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_one_is_a_part_of_it_as_it_is(app: Flask) -> None:
    whole = got(app, STYLES).data
    part = got(app, STYLES, {**SHORT, "Range": "bytes=10-19"})
    assert (part.status_code, part.data, part.headers.get("Content-Encoding")) == (206, whole[10:20], None)


def test_a_page_of_a_case_is_never_compressed(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA, message="It burns! " * 500)
    work()
    una = Browser(app)
    una.client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip"
    page = una.open(link_in(outside.inbox(UNA)[0], "/c/"))
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers
    assert "It burns!" in page.text
