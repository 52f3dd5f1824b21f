"""Everything can be done by the keyboard alone, and it can be seen where one is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.house import Lived
from tests.browser.pages import CONFIRMING

pytestmark = pytest.mark.browser

MOST_STEPS = 80


def go_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            assert (
                wanted.evaluate("one => one.matches(':focus-visible') && getComputedStyle(one).outlineStyle") == "solid"
            )
            return
    raise AssertionError(f"{wanted} cannot be reached by the keyboard.")


def test_a_case_is_confirmed_by_the_keyboard(desk: Page, lived: Lived) -> None:
    desk.goto(lived.pending())
    before = desk.locator("h1").inner_text()
    go_to(desk, desk.locator(CONFIRMING).first)
    desk.keyboard.press("Enter")
    desk.wait_for_function("before => document.querySelector('h1')?.innerText !== before", arg=before)
    assert desk.locator(CONFIRMING).count() == 0


def test_a_reply_is_written_by_the_keyboard(desk: Page, lived: Lived) -> None:
    desk.goto(lived.link("short"))
    go_to(desk, desk.locator("#reply textarea").first)
    desk.keyboard.type("All by keyboard.")
    go_to(desk, desk.locator("#reply form button:not([type=button])").first)
    desk.keyboard.press("Enter")
    expect(desk.locator("#latest")).to_contain_text("All by keyboard.", timeout=20_000)
