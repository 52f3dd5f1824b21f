"""Webhooks as the operator sees them."""

import pytest
from flask import Flask

from app.extensions import db
from app.jobs import webhooks as jobs
from app.portal.team.operator.pages import LONG
from app.transaction import transaction
from app.webhooks.endpoints import disable_webhook
from app.webhooks.models import Webhook
from tests.api_client import Api
from tests.cast import OLGA, Cast
from tests.portal.browser import Browser
from tests.portal.operating import at
from tests.portal.signing_in import signed_in
from tests.queries import queries
from tests.webhooks.conftest import receiver, webhook
from tests.webhooks.receiver import Receiver

__all__ = ["receiver", "webhook"]

pytestmark = pytest.mark.settings(CASEY_WEBHOOK_ALLOW_PRIVATE="true")


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Browser:
    """olga's browser."""
    return signed_in(app, OLGA)


def tell(app: Flask) -> None:
    """What a worker does about webhooks, once."""
    with app.app_context():
        jobs.dispatch()


def test_no_webhook_is_said_to_be_none(olga: Browser) -> None:
    assert "Nobody is told of events." in at(olga, "/team/operator/webhooks")


def test_somebody_is_told_of_events_from_a_page_alone(app: Flask, olga: Browser, receiver: Receiver) -> None:
    at(olga, "/team/operator/webhooks/new")
    page = olga.press("/webhooks/new", url=receiver.url, events="webhook_tested", description="The shop").text
    assert "The shop" in page
    shown = olga.press("/secret").text
    receiver.secret = shown.split('class="secret" tabindex="0"><code>')[1].split("<")[0]
    olga.press("/test")
    tell(app)
    assert receiver.names() == ["webhook_tested"]
    assert receiver.secret not in at(olga, olga.where)


def test_pressing_create_twice_makes_one_webhook(olga: Browser, api: Api) -> None:
    at(olga, "/team/operator/webhooks/new")
    form = olga.page
    first = olga.press("/webhooks/new", url="https://shop.example.com/casey").text
    olga.page = form
    assert olga.press("/webhooks/new", url="https://shop.example.com/casey").text.count("shop.example.com") > 0
    assert "shop.example.com" in first
    assert len(api.get("/webhooks").json["items"]) == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"url": ""}, "Please enter an address."),
        ({"url": "ftp://shop.example.com"}, "begins with http:// or https://"),
        ({"url": "https://shop.example.com", "events": "case_opened Case-Closed"}, "Case-Closed is not the name of an"),
        ({"url": "https://shop.example.com", "events": " ".join(["case_opened"] * 51)}, "at most 50 events"),
    ],
)
def test_a_webhook_that_cannot_be_comes_back_with_what_was_typed(
    olga: Browser, api: Api, said: dict[str, str], sentence: str
) -> None:
    at(olga, "/team/operator/webhooks/new")
    answer = olga.press("/webhooks/new", **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(one in answer.text for one in said.values())
    assert api.get("/webhooks").json["items"] == []


def test_a_webhook_is_disabled_and_deleted(olga: Browser, api: Api, webhook: str) -> None:
    at(olga, f"/team/operator{webhook}")
    assert "Disabled" in olga.press("/disable").text
    assert "Nobody is told of events." in olga.press("/delete").text
    assert api.get(webhook).status_code == 404


def test_an_event_is_told_again(app: Flask, api: Api, olga: Browser, webhook: str, receiver: Receiver) -> None:
    api.post(f"{webhook}/test")
    tell(app)
    told = receiver.names().count("webhook_tested")
    assert receiver.url in at(olga, "/team/operator/webhooks")
    page = at(olga, f"/team/operator{webhook}")
    assert "webhook_tested" in page
    assert "HTTP 200" in page
    assert receiver.secret not in page
    assert "Waits" in olga.press("/redeliver").text
    tell(app)
    assert len(receiver.taken) > told


def test_one_that_was_disabled_says_why_and_is_enabled(
    app: Flask, api: Api, olga: Browser, webhook: str, receiver: Receiver
) -> None:
    receiver.status = 500
    api.post(f"{webhook}/test")
    tell(app)
    assert "Takes nothing at present" in at(olga, f"/team/operator{webhook}")
    with app.app_context(), transaction():
        disable_webhook(db.session.query(Webhook).one(), "It took nothing <for> days.", by=None)
    page = at(olga, f"/team/operator{webhook}")
    assert "It took nothing &lt;for&gt; days." in page
    assert "/redeliver" not in page
    assert "In order" in olga.press("/enable").text


def test_a_long_list_of_deliveries_has_pages_and_costs_the_same(
    app: Flask, api: Api, olga: Browser, webhook: str, receiver: Receiver
) -> None:
    api.post(f"{webhook}/test")
    tell(app)
    with queries(app) as few:
        at(olga, f"/team/operator{webhook}")
    for _ in range(LONG + 1):
        api.post(f"{webhook}/test")
    tell(app)
    with queries(app) as many:
        page = at(olga, f"/team/operator{webhook}")
    assert len(many) <= len(few) <= 10
    assert "#" in at(olga, page.split('rel="next" href="')[1].split('"')[0])


def test_a_wrong_name_of_an_event_is_said_in_the_language_of_the_operator(api: Api, cast: Cast, olga: Browser) -> None:
    api.patch(f"/persons/{cast.olga.uuid}", {"language": "de"})
    at(olga, "/team/operator/webhooks/new")
    answer = olga.press("/webhooks/new", url="https://shop.example.com", events="Case-Closed")
    assert "Case-Closed ist nicht der Name eines Ereignisses." in answer.text
