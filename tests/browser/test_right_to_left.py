"""Pages are ready for languages that are written from right to left: here, English words and an Arabic locale."""

import re
from pathlib import Path

import pytest
from babel import Locale
from playwright.sync_api import Browser, expect

from app import translating
from tests.browser.house import Lived
from tests.browser.looking import keep_picture, sticks_out
from tests.browser.pages import PAGES
from tests.browser.screens import Screen

pytestmark = pytest.mark.browser

STYLES = Path(__file__).parents[2] / "app" / "static" / "casey.css"
SIDED = re.compile(r"(?:margin|padding|border)-(?:left|right)|[\s{;](?:left|right|text-align: left|text-align: right):")
NAMES = ("case-files", "contact-refused", "rating", "queue", "team-case-crowded", "operator", "setting", "sandbox-mail")
# What lies beside the screen, but for what is hidden there on purpose.
BESIDE = """() => [...document.querySelectorAll("main *")]
  .filter(one => !one.closest(".unseen") && one.checkVisibility())
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
  .map(one => one.outerHTML.slice(0, 80))"""


def test_no_style_has_a_side() -> None:
    assert SIDED.findall(STYLES.read_text()) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_sticks_out_of_a_page_that_begins_on_the_right(
    chromium: Browser, lived: Lived, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(translating.LOCALES, "en", Locale.parse("ar"))
    with Screen(360, "light", scripts=False).opened(chromium) as sight:
        page = sight.page
        PAGES[name].reach(page, lived)
        keep_picture(page, f"{name}-360-right-to-left", tmp_path)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert sticks_out(page) == 0
        assert page.evaluate(BESIDE) == []
