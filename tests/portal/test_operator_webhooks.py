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
