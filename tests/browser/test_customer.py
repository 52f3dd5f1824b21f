"""The pages for customers in a real browser: narrow and wide, by day and night, with JavaScript and without."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect
from time_machine import travel

from app.clock import now
from tests.api_client import Api
from tests.browser.looking import HEAVIEST, complained, watched
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.files.posts import a_file, a_picture, posted, posted_often
from tests.sandbox import Outside, link_in

pytestmark = [pytest.mark.browser, pytest.mark.settings(CASEY_CASE_ASK_RATING="true")]

WIDTHS = (360, 768, 1280)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def una(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """una's browser, which notes every complaint."""
    context = chromium.new_context(viewport=ViewportSize(width=360, height=740), java_script_enabled=request.param)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complained(message.text) and complaints.append(message.text))
    yield page
    context.close()
    assert [one for one in complaints if not any(status in one for status in ("404", "410", "422"))] == []


def look(page: Page, name: str) -> None:
    """Nothing sticks out at any width, by day or by night; the pictures are kept where CASEY_PICTURES says."""
    page.wait_for_load_state()
    for width in WIDTHS:
        page.set_viewport_size(ViewportSize(width=width, height=740))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for part in page.locator("main, main > *").all():
                box = part.bounding_box()
                assert box is None or box["x"] + box["width"] <= width, (name, width)
            if where := os.environ.get("CASEY_PICTURES"):
                page.screenshot(path=Path(where) / f"{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size(ViewportSize(width=360, height=740))


@pytest.mark.usefixtures("site")
def test_she_answers_with_a_file_closes_rates_and_leaves(
    una: Page, app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = str(api.opened(UNA, message="It is over there!\n\nhttps://shop.test/a")["uuid"])
    posted(
        app,
        case,
        BEN,
        a_picture(),
        a_file("plan.txt"),
        text="Is it this one?\n\n> It is over there!",
        visible=((0, 15),),
    )
    work()
    una.goto(link_in(outside.inbox(UNA)[0], "/c/"))
    look(una, "case")
    una.get_by_label("Your message").fill("Yes, that one.")
    una.get_by_label("Add files").set_input_files(
        [{"name": "räksmörgås.txt", "mimeType": "text/plain", "buffer": b"Here."}]
    )
    una.get_by_role("button", name="Send", exact=True).click()
    una.locator("#latest").get_by_text("räksmörgås.txt").wait_for()
    expect(una.locator("#latest")).to_contain_text("Yes, that one.", use_inner_text=True)
    expect(una.get_by_label("Your message")).to_have_value("")

    una.get_by_role("button", name="Stop mailing me").click()
    una.get_by_role("button", name="Mail me again").click()
    una.get_by_role("button", name="Close the case").click()
    expect(una.locator(".said")).to_have_text("The case is closed now. Thank you.")
    look(una, "closed")
    una.get_by_role("link", name="Very good").click()
    look(una, "rating")
    una.get_by_label("Do you want to say more?").fill("Thank you all.")
    una.get_by_role("button", name="Send my rating").click()
    look(una, "rated")
    una.get_by_role("link", name="Change my rating").click()
    look(una, "rating-again")

    una.goto(f"{urlsplit(una.url).scheme}://{urlsplit(una.url).netloc}/cases/{case}")
    una.get_by_text("This is not mine", exact=True).click()
    look(una, "not-mine")
    una.get_by_role("button", name="This is not mine, take me out").click()
    expect(una.get_by_role("heading", level=1)).to_have_text("You are out of the case")
    look(una, "left")
    una.go_back()
    una.reload()
    look(una, "ended")


@pytest.mark.usefixtures("site")
def test_what_is_wrong_is_said_in_the_form(una: Page, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    una.goto(link_in(outside.inbox(UNA)[0], "/c/"))
    una.get_by_label("Your message").fill("   ")
    una.get_by_role("button", name="Send", exact=True).click()
    una.get_by_text("Please write something first.").wait_for()
    look(una, "wrong")


@pytest.mark.usefixtures("site")
def test_a_link_that_has_ended_is_renewed(una: Page, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    link = link_in(outside.inbox(UNA)[0], "/c/")
    with travel(now() + timedelta(days=91)):
        una.goto(link)
        una.get_by_label("Your address").fill(UNA)
        una.get_by_role("button", name="Send me a new link").click()
        expect(una.get_by_role("heading", level=1)).to_have_text("Please look into your mail")
        look(una, "renewed")
        work()
        una.goto(link_in(outside.inbox(UNA)[-1], "/c/"))
        expect(una.locator("#latest")).to_contain_text("It is over there!", use_inner_text=True)


@pytest.mark.usefixtures("site")
@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_each_state_of_a_confirmation_has_its_page(una: Page, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA, subject="A long word: " + "very" * 60)
    work()
    link = link_in(outside.inbox(UNA)[0], "/confirm/")
    with travel(now() + timedelta(days=8)):
        una.goto(link)
        look(una, "confirm-expired")
    una.goto(link[:-3])
    look(una, "confirm-unknown")
    una.goto(link)
    look(una, "confirm")
    una.get_by_role("button", name="Yes, it was me").click()
    look(una, "confirmed")
    una.goto(link)
    expect(una.get_by_role("heading", level=1)).to_have_text("You have confirmed this before")


@pytest.mark.usefixtures("site")
def test_a_draft_is_kept_until_it_is_sent(
    chromium: Browser,
    api: Api,
    work: Worker,
    outside: Outside,
) -> None:
    api.opened(UNA)
    work()
    page = chromium.new_page()
    page.goto(link_in(outside.inbox(UNA)[0], "/c/"))
    page.get_by_label("Your message").press_sequentially("Half a")
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("Half a")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#latest").get_by_text("Half a").wait_for()
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("")
    page.close()


def test_a_long_history_is_light(
    site: str, chromium: Browser, app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = str(api.opened(UNA)["uuid"])
    work()
    posted_often(app, case, UNA, times=200, address=BEN)
    page = chromium.new_page()
    notes = watched(page, site)
    page.goto(link_in(outside.inbox(UNA)[0], "/c/"), wait_until="networkidle")
    assert notes.weight() < HEAVIEST
    look(page, "long")
    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.get_by_role("article")).to_have_count(20)
    page.close()
