"""The page of every mail as a browser shows it: on a phone and in a window, in daylight and in the dark."""

from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from app.mail.models import MailPurpose
from tests.browser.looking import keep_picture, sticks_out
from tests.browser.screens import SCHEMES
from tests.files.posts import PNG
from tests.mail.looks import LOOKS, written
from tests.scale import FULL

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

WIDTHS = (360, 640)
SHOWN = ("plain", "branded")
WAYS = list(product(SHOWN, WIDTHS, SCHEMES)) if FULL else [("plain", 640, "light"), ("branded", 360, "dark")]
# A mail is a part of a mail program's page, which has these.
OF_PAGES = ("landmark-one-main", "page-has-heading-one", "region")
WITHOUT = {"rules": {name: {"enabled": False} for name in OF_PAGES}}


def opened(page: Page, html: str) -> list[str]:
    """Show a mail, and say what it asked for elsewhere."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="image/png", body=PNG)

    page.route("**/*", answer)
    page.set_content(html, wait_until="load")
    return asked


@pytest.mark.parametrize("purpose", MailPurpose)
def test_a_mail_is_whole_and_open_to_everybody(
    context: Flask, chromium: Browser, purpose: MailPurpose, tmp_path: Path
) -> None:
    language = "ru" if FULL else "de"  # long words
    for look, width, scheme in WAYS:
        viewport = {"width": width, "height": 700}
        with chromium.new_context(viewport=viewport, color_scheme=scheme) as browser:  # type: ignore[arg-type]
            page = browser.new_page()
            asked = opened(page, written(purpose, "body.html", language, look))
            keep_picture(page, f"mail-{purpose}-{look}-{width}-{scheme}", tmp_path)
            assert sticks_out(page) == 0
            found = Axe().run(page, options=WITHOUT)
            assert found.violations_count == 0, found.generate_report()
            assert asked == ([str(LOOKS[look].logo)] if LOOKS[look].logo else [])
