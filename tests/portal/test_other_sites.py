"""Forms of ours that are sent by pages of other sites, whatever cookie these have put into the browser."""

import pytest
from flask import Flask

from tests.cast import BEN, Cast
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in


@pytest.mark.parametrize(
    "says",
    [
        {"Sec-Fetch-Site": "same-site", "Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://shop.casey.test"},
    ],
)
def test_what_a_neighbouring_site_sends_with_a_token_that_fits_is_refused(
    app: Flask, cast: Cast, says: dict[str, str]
) -> None:
    ben = signed_in(app, BEN)
    ben.open("/team/preferences")
    assert ben.press("/team/preferences", name="Ben Foo").status_code == 200
    ben.client.environ_base |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in says.items()}
    refused = ben.press("/team/preferences", name="Eve")
    assert refused.status_code == 403
    assert "sent by a page of another site" in refused.text


@pytest.mark.parametrize(
    "says", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}, {}]
)
def test_what_a_page_of_ours_sends_is_taken(app: Flask, cast: Cast, says: dict[str, str]) -> None:
    ben = signed_in(app, BEN)
    ben.client.environ_base |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in says.items()}
    ben.open("/team/preferences")
    assert "Benjamin" in ben.press("/team/preferences", name="Benjamin").text


@pytest.mark.settings(CASEY_BASE_URL="https://casey.test")
def test_no_neighbouring_site_can_set_the_cookie_of_forms(app: Flask) -> None:
    page = app.test_client().get("/team/sign-in", base_url="https://casey.test")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-casey=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def asked_from(app: Flask, address: str, name: str) -> int:
    """How the sign-in page answers somebody who comes through a proxy, from this address, and gives a name."""
    browser = Browser(app)
    browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = address
    browser.open("/team/sign-in")
    return browser.submit(address=f"{name}@customer.test").status_code


@pytest.mark.settings(CASEY_TRUSTED_PROXIES="1")
def test_behind_a_proxy_that_was_declared_strangers_keep_nobody_out(app: Flask) -> None:
    assert {asked_from(app, "198.51.100.1", f"eve{number}") for number in range(20)} == {200}
    assert asked_from(app, "198.51.100.1", "una") == 429
    assert asked_from(app, "198.51.100.2", "una") == 200


def test_a_proxy_that_was_not_declared_is_not_believed(app: Flask) -> None:
    assert {asked_from(app, f"198.51.100.{number}", f"eve{number}") for number in range(20)} == {200}
    assert asked_from(app, "198.51.100.99", "una") == 429
