"""The pages of the team in a real browser: by keyboard, on a phone and on a desk, in daylight and in the dark."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.people.persons import find_person
from app.people.sessions import begin_session
from app.transaction import transaction
from tests.api_client import Api
from tests.browser.looking import complained
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.sandbox import Outside, link_in

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(app: Flask, cast: Cast, chromium: Browser, site: str) -> Iterator[Page]:
    """ben at his desk, signed in."""
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        _, secret = begin_session(ben, browser="a desk", ip_address=None)
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=site)
    context.add_cookies([{"name": "casey_team", "value": secret, "domain": "127.0.0.1", "path": "/team"}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda one: complained(one.text) and said.append(one.text))
    yield page
    context.close()
    assert said == []


def test_somebody_signs_in_from_his_mailbox(desk: Page, work: Worker, outside: Outside) -> None:
    page = desk
    page.context.clear_cookies()
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/team")
    page.get_by_label("Your e-mail address").fill(BEN)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please look into your mailbox")
    work()
    page.goto(link_in(outside.inbox(BEN)[-1], "/team/sign-in/"))
    assert page.url.endswith("/team/sign-in/enter")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Open")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_queue_is_worked_through_by_keys_alone(api: Api, desk: Page) -> None:
    for number in (1, 2, 3):
        api.opened(UNA, subject=f"Case number {number}")
    desk.goto("/team")
    focused = desk.locator(":focus")
    for key, found in (("j", 3), ("j", 2), ("j", 1), ("j", 1), ("k", 2)):
        desk.keyboard.press(key)
        expect(focused).to_have_text(f"Case number {found}")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    desk.keyboard.type("number j")
    expect(desk.get_by_label("Search cases")).to_have_value("number j")
    desk.keyboard.press("Tab")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Case number 3")


def test_a_case_counts_as_read_once_it_was_looked_at(api: Api, desk: Page) -> None:
    case = api.opened(UNA)
    desk.goto(f"/team/cases/{case['uuid']}")
    expect(desk.get_by_role("button", name="Mark as read")).to_be_hidden(timeout=10_000)
    desk.goto("/team")
    expect(desk.locator(".queue li")).to_have_count(1)
    expect(desk.locator(".queue .unread")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_of_the_team_is_wider_than_its_screen(api: Api, desk: Page, width: int, scheme: str) -> None:
    case = api.opened(UNA, subject="W" * 300, message="W" * 3000)
    api.post(f"/cases/{case['uuid']}/tags", {"tags": ["w" * 100]})
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address in ("/team", f"/team/cases/{case['uuid']}", "/team/preferences", "/team?q=nothing", "/team/sign-in"):
        desk.goto(address)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, address
        expect(desk.locator("h1"), address).to_have_count(1)
