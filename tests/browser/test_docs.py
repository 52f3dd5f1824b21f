"""The description of the API in a real browser, on a small phone without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import fits

pytestmark = pytest.mark.browser


def test_the_description_of_the_api_is_readable_on_a_phone(site: str, phone: Page) -> None:
    phone.goto(f"{site}/docs")
    assert fits(phone)
    operation = phone.locator("details", has_text="/bulk/cases").first
    operation.locator("summary").click()
    expect(operation).to_contain_text("Answers 202", use_inner_text=True)
    expect(operation.locator("pre")).to_contain_text('"act": "tag"', use_inner_text=True)
    heights = [one.bounding_box() for one in operation.locator("th code").all()]
    assert heights
    assert all(box and box["height"] < 30 for box in heights)  # no name is broken over two lines
    assert fits(phone)


def test_a_link_in_the_description_of_the_api_opens_the_object_that_it_names(site: str, phone: Page) -> None:
    phone.goto(f"{site}/docs")
    operation = phone.locator("details", has_text="/cases/{uuid}/messages").first
    operation.locator("summary").click()
    shape = phone.locator("#PersonBrief")
    expect(shape).to_be_hidden()
    operation.get_by_role("link", name="PersonBrief").first.click()
    expect(shape).to_contain_text("email", use_inner_text=True)
    expect(shape).to_be_visible()
    assert fits(phone)
