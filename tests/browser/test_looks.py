"""Every page on every screen: nothing sticks out, nobody is shut out, nothing is heavy, no browser complains."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import found_by_axe
from tests.browser.house import Lived
from tests.browser.looking import HEAVIEST, keep_picture, sticks_out, watched
from tests.browser.pages import LOOKS, PAGES
from tests.browser.screens import Screen

pytestmark = [pytest.mark.browser, pytest.mark.campaign]


@pytest.mark.parametrize(("name", "screen"), LOOKS, ids=str)
def test_a_page_is_whole_and_open_to_everybody(
    chromium: Browser, lived: Lived, empty: Lived, name: str, screen: Screen, tmp_path: Path
) -> None:
    view = PAGES[name]
    house = empty if view.empty else lived
    with screen.opened(chromium) as sight:
        page = sight.page
        notes = watched(page, house.site)
        view.reach(page, house)
        keep_picture(page, f"{name}-{screen}", tmp_path)
        assert sticks_out(page) == 0
        expect(page.locator("h1")).to_have_count(1)
        assert page.locator("html").get_attribute("lang")
        assert notes.weight() < HEAVIEST
        assert (notes.complaints, notes.elsewhere) == ([], [])
        assert notes.shown_by >= set(filter(None, view.shown_by))
        sight.let_scripts_run()
        assert found_by_axe(page) == ""
