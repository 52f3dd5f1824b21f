"""The contact form in a frame of somebody else's page."""

import pytest
from flask import Flask

pytestmark = pytest.mark.settings(CASEY_CONTACT_FORM="true")


@pytest.mark.settings(CASEY_CONTACT_ORIGINS="https://shop.test")
def test_only_the_embedded_form_can_be_framed_and_only_by_those_named(app: Flask) -> None:
    policies = {
        path: app.test_client().get(path).headers["Content-Security-Policy"].partition("frame-ancestors ")[2]
        for path in ("/new", "/new?embedded=1", "/new/sent?embedded=1", "/", "/confirm?embedded=1")
    }
    assert policies == {
        "/new": "'none'",
        "/new?embedded=1": "https://shop.test",
        "/new/sent?embedded=1": "https://shop.test",
        "/": "'none'",
        "/confirm?embedded=1": "'none'",
    }


def test_the_form_needs_no_cookie_and_sets_none(app: Flask) -> None:
    assert "Set-Cookie" not in app.test_client().get("/new").headers


def test_the_script_is_small_and_any_site_may_load_it(app: Flask) -> None:
    script = app.test_client().get("/widget.js", buffered=True)
    assert len(script.data) < 3000
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert script.mimetype == "text/javascript"
