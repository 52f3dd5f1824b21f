"""A case on paper: what was written, and nothing that can only be pressed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import Lived
from tests.browser.looking import keep_picture, sticks_out
from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser

PAPER = {"width": 700, "height": 990}  # A4 with margins


@pytest.mark.parametrize("name", ["case-files", "team-case-notes"])
def test_a_case_is_printed_as_it_is_read(desk: Page, lived: Lived, name: str, tmp_path: Path) -> None:
    PAGES[name].reach(desk, lived)
    desk.emulate_media(media="print", color_scheme="light")
    desk.set_viewport_size(PAPER)  # type: ignore[arg-type]
    keep_picture(desk, f"{name}-print", tmp_path)
    assert sticks_out(desk) == 0
    expect(desk.locator("h1, article").first).to_be_visible()
    pressed = desk.locator("button, textarea, select, nav a, input:not([type=hidden])")
    assert [one.evaluate("one => one.outerHTML") for one in pressed.all() if one.is_visible()] == []
    expect(desk.get_by_text("Please look at this.")).to_be_visible()
