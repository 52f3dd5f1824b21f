"""Every page on every screen: nothing sticks out, nobody is shut out, nothing is heavy, no browser complains."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import found_by_axe
from tests.browser.house import Lived
from tests.browser.looking import keep_picture, sticks_out, watched
from tests.browser.pages import LOOKED_AT, PAGES
from tests.browser.screens import SCREENS, Screen

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

HEAVIEST = 60_000


@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_whole_and_open_to_everybody(
    chromium: Browser, lived: Lived, name: str, screen: Screen, tmp_path: Path
) -> None:
    with screen.context(chromium) as context:
        page = context.new_page()
        notes = watched(page, lived.site)
        PAGES[name](page, lived)
        keep_picture(page, f"{name}-{screen}", tmp_path)
        assert sticks_out(page) == 0
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang")
        assert found_by_axe(page, screen) == ""
        assert notes.weight() < HEAVIEST
        assert (notes.complaints, notes.elsewhere) == ([], [])
