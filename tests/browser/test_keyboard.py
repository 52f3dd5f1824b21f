"""Everything can be done by the keyboard alone, and it can be seen where one is."""

import pytest
from playwright.sync_api import Page, expect

from app.portal import contact_token
from tests.browser.deeds import DEEDS
from tests.browser.house import Lived
from tests.browser.keys import fill, go_to, land, press
from tests.browser.pages.ways import sign_in
from tests.cast import BEN

pytestmark = pytest.mark.browser

PATIENCE = 20_000


@pytest.mark.parametrize("name", DEEDS)
def test_it_is_done_by_the_keyboard_and_leads_to_where_it_can_be_seen(
    desk: Page, lively: Lived, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_token, "QUICKEST", 0)  # programs that test are quick writers
    deed = DEEDS[name]
    deed.view.reach(desk, lively)
    if deed.unfold:
        press(desk, desk.locator("summary").and_(desk.locator(deed.unfold)))
    for field, text in deed.fields.items():
        fill(desk, desk.locator(field).first, text)
    press(desk, desk.locator(deed.button).first)
    expect(desk.locator(deed.done).first).to_be_attached(timeout=PATIENCE)
    land(desk)


def test_a_case_is_merged_into_another_by_the_keyboard(desk: Page, lively: Lived) -> None:
    sign_in(desk, lively, BEN)
    desk.goto(f"{lively.site}/team/cases/{lively.cases['rich']}")
    number = desk.locator(".eyebrow .nowrap").inner_text()
    desk.goto(f"{lively.site}/team/cases/{lively.cases['muted']}")
    press(desk, desk.locator("summary", has_text="Merge this case"))
    fill(desk, desk.locator("[name=into]"), number)
    press(desk, desk.locator("form[action*='/merge'] button"))
    expect(desk.locator(".eyebrow")).to_contain_text(number, timeout=PATIENCE)


def test_what_is_wrong_is_found_by_the_keyboard_beside_its_field(desk: Page, lively: Lived) -> None:
    sign_in(desk, lively, BEN)
    desk.goto(f"{lively.site}/team/preferences")
    fill(desk, desk.locator("[name=time_zone]"), "Nowhere/Else")
    press(desk, desk.locator(".card form button").first)
    wrong = desk.locator("[aria-invalid=true]")
    expect(wrong).to_have_count(1)
    go_to(desk, wrong)
    assert desk.locator(f"#{wrong.get_attribute('aria-describedby').split()[-1]}").inner_text()  # type: ignore[union-attr]
