"""The sandbox in a real browser, on a small phone without JavaScript."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Frame, Page, expect

from app.config import deployed
from app.mail.sandbox import sandbox_secret
from tests.api_client import Api
from tests.browser.conftest import fits
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.files.posts import a_picture, posted
from tests.letters import letter
from tests.sandbox import Outside

pytestmark = pytest.mark.browser


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
    expect(phone.get_by_role("heading", level=1)).to_have_text("It was put on its case")
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
    page.wait_for_load_state()
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
    expect(phone.get_by_role("heading", level=1)).to_have_text("It is not decided yet")
    work()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It opened a case", timeout=20_000)
    hits = phone.locator("tbody td:nth-child(2)")
    words = "cell => { const range = document.createRange(); range.selectNodeContents(cell); return range"
    in_lines = [one.evaluate(f"{words}.getClientRects().length }}") for one in hits.all()]
    assert set(in_lines) == {1}
    assert fits(phone)
