"""The pages in a real browser, as a person with a phone sees them: no JavaScript, 320 pixels wide."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright
from werkzeug.serving import make_server

from app.config import deployed
from app.mail.sandbox import sandbox_secret
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.files.posts import PNG, a_file, a_picture, posted
from tests.letters import letter
from tests.sandbox import Outside, link_in
from tests.servers.needs import need
from tests.servers.ports import free_port

pytestmark = pytest.mark.browser

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        need(found is not None or Path(playwright.chromium.executable_path).exists(), "Chromium")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """An application that can be reached over HTTP."""
    return {**environ, "CASEY_BASE_URL": f"http://127.0.0.1:{free_port()}"}


@pytest.fixture
def site(app: Flask, environ: dict[str, str]) -> Iterator[str]:
    """The application behind a web server."""
    server = make_server("127.0.0.1", int(environ["CASEY_BASE_URL"].rpartition(":")[2]), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield environ["CASEY_BASE_URL"]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A small phone without JavaScript, which notes every complaint of the browser."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: "404" in message.text or complaints.append(message.text))
    yield page
    context.close()
    assert complaints == []


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the side."""
    box = page.locator("body").bounding_box()
    widest = page.locator("main").bounding_box()
    return bool(box and widest and widest["x"] + widest["width"] <= 320 and box["width"] <= 320)


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_customer_confirms_and_then_writes_on_a_phone(
    site: str, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    phone.goto(link_in(outside.inbox(UNA)[0], "/confirm/"))
    assert fits(phone)
    phone.get_by_role("button", name="Yes, it was me").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Thank you"
    assert phone.url == f"{site}/confirm"

    work()
    phone.goto(link_in(outside.inbox(UNA)[-1], "/c/"))
    assert "/c/" not in phone.url
    phone.get_by_label("Your message").fill("It is " + "very" * 60 + " urgent.")
    phone.get_by_role("button", name="Send").click()
    assert "urgent." in phone.locator("#latest").inner_text()
    assert fits(phone)


def test_the_sandbox_is_a_mail_program_for_everybody(
    site: str, app: Flask, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    with app.app_context():
        phone.goto(f"{site}/sandbox/open/{sandbox_secret(deployed())}")
    assert fits(phone)
    phone.get_by_role("link", name=BEN).click()
    phone.get_by_role("link", name="I found a bug").click()
    assert fits(phone)
    phone.get_by_label("Message").fill("Tell me more.")
    phone.get_by_role("button", name="Send answer").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "It was put on its case"
    work()
    assert "Tell me more." in outside.inbox(UNA)[-1].get_content()


def the_mail_in(page: Page) -> Frame:
    """What the frame shows that a mail of the sandbox is in."""
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    return frame


def opened_mail(site: str, app: Flask, page: Page, reader: str) -> Frame:
    """The latest mail of somebody, in the sandbox."""
    with app.app_context():
        page.goto(f"{site}/sandbox/open/{sandbox_secret(deployed())}")
    page.goto(f"{site}/sandbox/mailboxes/{reader}")
    page.locator(".list a").first.click()
    return the_mail_in(page)


def test_a_mail_in_the_sandbox_shows_its_pictures_and_keeps_to_the_width_of_a_phone(
    site: str, app: Flask, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)["uuid"]
    long = "very" * 60
    html = f'<p>{long} {long}@x.test</p><pre>{"wide " * 60}</pre><img src="cid:picture@customer.test" alt="a table">'
    posted(app, case, BEN, a_picture(), text="Look at this.", html=html)
    work()
    mail = opened_mail(site, app, phone, UNA)
    assert mail.locator("img").evaluate("one => one.naturalWidth") > 0
    assert mail.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert fits(phone)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_in_the_sandbox_can_be_read_in_daylight_and_in_the_dark(
    site: str, app: Flask, phone: Page, api: Api, work: Worker, scheme: str
) -> None:
    api.opened(UNA)
    work()
    phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    mail = opened_mail(site, app, phone, UNA)
    behind = phone.locator("iframe").evaluate("one => getComputedStyle(one).backgroundColor")
    assert luminance(behind) == pytest.approx(1.0 if scheme == "light" else 0.006, abs=0.01)
    for part in mail.locator("p, a, div div").all():
        assert contrast(part.evaluate("one => getComputedStyle(one).color"), behind) >= 4.5


def luminance(color: str) -> float:
    """How bright a colour is, such as ``rgb(18, 18, 18)`` (WCAG 2.2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well two colours can be told from each other: 1 to 21 (WCAG 2.2)."""
    darker, brighter = sorted([luminance(one), luminance(other)])
    return (brighter + 0.05) / (darker + 0.05)


def test_the_page_of_a_mail_reloads_until_it_is_decided_about(
    site: str, app: Flask, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    received = outside.send(letter(UNA, "Hello", "It burns."))
    with app.app_context():
        phone.goto(f"{site}/sandbox/open/{sandbox_secret(deployed())}")
    phone.goto(f"{site}/sandbox/received/{received}")
    assert phone.get_by_role("heading", level=1).inner_text() == "It is not decided yet"
    work()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It opened a case", timeout=20_000)
    hits = phone.locator("tbody td:nth-child(2)")
    words = "cell => { const range = document.createRange(); range.selectNodeContents(cell); return range"
    in_lines = [one.evaluate(f"{words}.getClientRects().length }}") for one in hits.all()]
    assert set(in_lines) == {1}
    assert fits(phone)


def test_every_field_has_a_label_and_every_page_one_heading_and_a_language(
    site: str, app: Flask, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    with app.app_context():
        sandbox = f"{site}/sandbox/open/{sandbox_secret(deployed())}"
    for address in (site, sandbox, link_in(outside.inbox(UNA)[0], "/c/"), f"{site}/nowhere"):
        with phone.expect_response(lambda _: True):
            phone.goto(address)
        assert phone.locator("html").get_attribute("lang") == "en"
        assert phone.get_by_role("heading", level=1).count() == 1
        for field in phone.locator("textarea, input:not([type=hidden])").all():
            name = field.get_attribute("id")
            assert phone.locator(f"label[for='{name}']").count() == 1


def test_quoted_text_unfolds_and_files_are_saved_on_a_phone(
    site: str, app: Flask, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)["uuid"]
    work()
    quoted = "On Monday Una wrote:\n> " + "very" * 60 + " urgent"
    text = f"Please look at this.\n\n{quoted}"
    named = a_file("a_plan_with_a_name_that_never_ends_" * 6 + ".txt", b"The plan.")
    posted(app, case, BEN, named, a_picture(), text=text, visible=((0, 20),))

    with phone.expect_response("**/files/*") as picture:
        phone.goto(link_in(outside.inbox(UNA)[0], "/c/"))
    assert (picture.value.status, picture.value.body()) == (200, PNG)
    assert fits(phone)
    folded = phone.get_by_text("On Monday Una wrote:")
    assert not folded.is_visible()
    phone.get_by_text("Quoted text").click()
    assert folded.is_visible()
    assert fits(phone)
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="a_plan").click()
    assert saved.value.path().read_bytes() == b"The plan."


def test_the_description_of_the_api_is_readable_on_a_phone(site: str, phone: Page) -> None:
    phone.goto(f"{site}/docs")
    assert fits(phone)
    operation = phone.locator("details", has_text="/bulk/cases").first
    operation.locator("summary").click()
    assert "Answers 202" in operation.inner_text()
    assert '"act": "tag"' in operation.locator("pre").inner_text()
    heights = [one.bounding_box() for one in operation.locator("th code").all()]
    assert heights
    assert all(box and box["height"] < 30 for box in heights)  # no name is broken over two lines
    assert fits(phone)


def test_a_link_in_the_description_of_the_api_opens_the_object_that_it_names(site: str, phone: Page) -> None:
    phone.goto(f"{site}/docs")
    operation = phone.locator("details", has_text="/cases/{uuid}/messages").first
    operation.locator("summary").click()
    shape = phone.locator("#PersonBrief")
    assert not shape.is_visible()
    operation.get_by_role("link", name="PersonBrief").first.click()
    assert "email" in shape.inner_text()
    assert shape.is_visible()
    assert fits(phone)
