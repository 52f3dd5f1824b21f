"""The pages of a case in a real browser, as a person with a phone sees them: no JavaScript, 320 pixels wide."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.config import deployed
from app.mail.sandbox import sandbox_secret
from tests.api_client import Api
from tests.browser.conftest import fits
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.files.posts import PNG, a_file, a_picture, posted
from tests.sandbox import Outside, link_in

pytestmark = pytest.mark.browser


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_customer_confirms_and_then_writes_on_a_phone(
    site: str, phone: Page, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    phone.goto(link_in(outside.inbox(UNA)[0], "/confirm/"))
    assert fits(phone)
    phone.get_by_role("button", name="Yes, it was me").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert phone.url == f"{site}/confirm?said=confirmed"

    work()
    phone.goto(link_in(outside.inbox(UNA)[-1], "/c/"))
    assert "/c/" not in phone.url
    phone.get_by_label("Your message").fill("It is " + "very" * 60 + " urgent.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#latest")).to_contain_text("urgent.", use_inner_text=True)
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
        expect(phone.locator("html")).to_have_attribute("lang", "en")
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
    expect(folded).to_be_hidden()
    phone.get_by_text("Quoted text").click()
    expect(folded).to_be_visible()
    assert fits(phone)
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="a_plan").click()
    assert saved.value.path().read_bytes() == b"The plan."
