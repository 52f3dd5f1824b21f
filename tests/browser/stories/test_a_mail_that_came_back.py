"""A mail of ours comes back: the team sees it on the case, the operator on his page, and it is sent once more."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.mail.models import Delivery
from app.mail.tokens import anchor_id
from tests.api_client import Api
from tests.browser.stories.reader import Reader
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.mail.deciding.bounces.corpus import SAMPLES
from tests.mail.rows import outbound_to
from tests.sandbox import Outside

pytestmark = pytest.mark.browser

UNKNOWN = next(one for one in SAMPLES if one.name == "postfix-unknown-user-original")


def comes_back(app: Flask, outside: Outside) -> None:
    """The mail system of una's says that it knows nobody of this name."""
    first, *_, last = outbound_to(app, UNA)
    with app.app_context():
        anchor = anchor_id(last.case_id or 0, last.person_id)
    outside.send(UNKNOWN.written(id=last.message_id, earlier=first.message_id, anchor=anchor))


def test_it_is_seen_and_sent_again(
    ben: Reader, olga: Reader, app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA, subject="Where is my tea?")["uuid"]
    api.post(f"/cases/{case}/messages", {"from": BEN, "message": "It is on its way."})
    work()
    comes_back(app, outside)
    work()
    olga.sign_in()
    olga.page.goto(f"{olga.site}/team/operator/deliveries")
    olga.page.get_by_role("link", name=UNA).click()
    olga.reads("Did not arrive")

    ben.sign_in()
    ben.page.get_by_role("navigation", name="Filters").get_by_role("link", name="Waiting for the customer").click()
    ben.page.get_by_role("link", name="Where is my tea?").click()
    ben.reads("Did not arrive: Una Customer")
    ben.press("Send it again")
    expect(ben.page.get_by_text("Did not arrive")).to_have_count(0)
    work()
    assert outbound_to(app, UNA)[-1].status is Delivery.SENT
    assert "delivery_retried" in [one["name"] for one in api.get("/events?limit=200").json["items"]]
    olga.page.reload()
    olga.reads("Sent")
