"""The contact form on a site of somebody else's, in a real browser: cookies of ours count for nothing there."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from playwright.sync_api import FrameLocator, Page, expect

from app.portal import contact_token
from tests.api_client import Api
from tests.browser.axe import found_by_axe
from tests.conftest import Worker
from tests.sandbox import Outside, link_in

pytestmark = [pytest.mark.browser, pytest.mark.settings(CASEY_CONTACT_FORM="true")]

PAGE = '<!doctype html><html lang="en"><title>A shop</title><main><h1>Tea</h1></main>'
SNIPPET = '<script src="{}/widget.js" defer></script>'


@pytest.fixture
def shop(site: str) -> Iterator[str]:
    """A site elsewhere: to a browser ``localhost`` is no part of ``127.0.0.1``."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((PAGE + SNIPPET.format(site)).encode())

        def log_message(self, *_: object) -> None:
            """Nobody asks."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(desk: Page, shop: str) -> FrameLocator:
    """The form, as a customer of the shop opens it."""
    desk.goto(shop)
    desk.get_by_role("button", name="Contact us").click()
    return desk.frame_locator("iframe")


def test_a_customer_of_a_shop_writes_and_confirms_without_a_cookie(
    desk: Page, shop: str, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_token, "QUICKEST", 0)  # programs that test are quick writers
    api.post("/config", {"contactOrigins": [shop]})
    form = opened(desk, shop)
    form.get_by_label("Your e-mail address").fill("new@customer.test")
    form.get_by_label("Subject").fill("Cold tea")
    form.get_by_label("Your message").fill("It came cold.")
    assert found_by_axe(desk) == ""
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("heading", level=1)).to_have_text("Please look into your mailbox")
    assert desk.context.cookies() == []
    work()
    desk.goto(link_in(outside.inbox("new@customer.test")[0], "/confirm/"))
    desk.locator("main form button").first.click()
    desk.wait_for_load_state()
    assert [one["subject"] for one in api.get("/cases").json["items"]] == ["Cold tea"]


def test_the_window_is_opened_and_closed_by_the_keyboard(desk: Page, shop: str, api: Api) -> None:
    api.post("/config", {"contactOrigins": [shop]})
    desk.goto(shop)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("dialog")).to_be_hidden()
    assert desk.evaluate("document.activeElement.textContent") == "Contact us"


def test_escape_closes_the_window_also_while_one_writes_in_the_form(desk: Page, shop: str, api: Api) -> None:
    api.post("/config", {"contactOrigins": [shop]})
    opened(desk, shop).get_by_label("Your message").press("Escape")
    expect(desk.locator("dialog")).to_be_hidden()
    assert desk.evaluate("document.activeElement.textContent") == "Contact us"


def test_a_site_that_is_not_named_shows_no_form(desk: Page, shop: str, app: Flask, api: Api) -> None:
    api.post("/config", {"contactOrigins": ["https://shop.test"]})
    with desk.expect_console_message(lambda said: "frame-ancestors" in said.text or "framing" in said.text.lower()):
        form = opened(desk, shop)
    expect(form.get_by_label("Subject")).to_have_count(0)
