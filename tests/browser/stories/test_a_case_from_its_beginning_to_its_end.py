"""A customer asks by the form, is answered, and says how that was: all by links in mails of the sandbox."""

import pytest

from app.portal import contact_token
from tests.api_client import Api
from tests.browser.stories.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.settings(CASEY_CONTACT_FORM="true", CASEY_CASE_ASK_RATING="true"),
]


def test_from_the_form_to_the_rating(una: Reader, ben: Reader, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_token, "QUICKEST", 0)  # programs that test are quick writers
    una_writes(una)
    una.follow("/confirm/")
    una.press("Yes, it was me")
    una.reads("Your request is confirmed, and our team has it now.")

    ben.follow("/c/")
    ben.reads("It came cold.")
    ben.sign_in()
    ben.page.get_by_role("link", name="Cold tea").click()
    ben.press("Take it")
    ben.reads("It came cold.")
    ben.fill("Your message", "We send you a new one.")
    ben.press("Send")
    ben.reads("We send you a new one.")

    una.follow("/c/")
    una.reads("We send you a new one.")
    una.fill("Your message", "It is warm. Thank you.")
    una.press("Send")
    una.reads("It is warm. Thank you.")
    una.press("Close the case")
    una.reads("The case is closed now. Thank you.")
    una.press("Open the case again")
    una.reads("The case is open again and waits for our team. Please write below what is still missing.")

    ben.page.reload()
    ben.reads("It is warm. Thank you.")
    ben.page.get_by_label("Status", exact=True).select_option("closed")
    ben.page.locator("form:has([name=status]) button").click()
    ben.page.locator(".heading .status.closed").wait_for()

    una.follow("/r/")
    una.reads("How was our help?")
    una.fill("Do you want to say more?", "Quick and warm.")
    una.press("Send my rating")
    una.reads("Quick and warm.")

    assert "case_rated" in [one["name"] for one in api.get("/events?limit=200").json["items"]]


def una_writes(una: Reader) -> None:
    """She fills in the form."""
    una.page.goto(f"{una.site}/new")
    una.fill("Your name", "Una Customer")
    una.fill("Your e-mail address", una.address)
    una.fill("Subject", "Cold tea")
    una.fill("Your message", "It came cold.")
    una.press("Send")
    una.reads("Please look into your mailbox")
