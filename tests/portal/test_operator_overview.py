"""How Casey stands, in sentences."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.jobs.periodic import tick
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.delivering.server_rest import let_rest
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.portal.browser import Browser
from tests.portal.operating import at
from tests.portal.signing_in import signed_in
from tests.queries import queries
from tests.sandbox import Outside


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Browser:
    """olga's browser; the ticker has run."""
    with app.app_context():
        tick()
    return signed_in(app, OLGA)


@on_both
def test_it_says_what_is_wrong_and_what_to_do(app: Flask, olga: Browser) -> None:
    page = at(olga, "/team/operator")
    assert "1 thing needs you" in page
    assert "Please start Casey by caseyd, or set REDIS_URL." in page
    assert "No mail leaves the house: all of it stays in the sandbox." in page
    with app.app_context(), transaction():
        let_rest("554 <b>go away</b>")
    page = at(olga, "/team/operator")
    assert "2 things need you" in page
    assert "The mail server cannot be spoken to." in page
    assert "554 &lt;b&gt;go away&lt;/b&gt;" in page


def test_it_says_what_waits_and_since_when(app: Flask, api: Api, olga: Browser, work: Worker, outside: Outside) -> None:
    assert at(olga, "/team/operator").count("<dd>none</dd>") == 2
    reference = api.opened(UNA)["reference"]
    work()
    outside.send(letter(EVE, f"Re: {reference}", "I saw it too!"))
    work()
    api.post(f"/cases/{api.get('/cases').json['items'][0]['uuid']}/messages", {"message": "Hello?"})
    with app.app_context(), transaction():
        db.session.execute(sa.update(OutboundEmail).where(OutboundEmail.address == UNA).values(status=Delivery.HELD))
    with queries(app) as asked:
        page = at(olga, "/team/operator")
    assert len(asked) <= 20
    assert 'outcome=held">1 mail<' in page
    assert "status=held" in page


def test_it_leads_to_every_part(olga: Browser) -> None:
    page = at(olga, "/team/operator")
    for part in ("mailboxes", "inbound", "deliveries", "webhooks", "settings"):
        assert f'href="/team/operator/{part}"' in page
        assert 'aria-current="page"' in at(olga, f"/team/operator/{part}")


@pytest.mark.parametrize("language", ["de", "es", "fr", "ru", "sv"])
def test_they_speak_the_language_of_their_reader(api: Api, cast: Cast, olga: Browser, language: str) -> None:
    api.patch(f"/persons/{cast.olga.uuid}", {"language": language})
    for part in ("", "/mailboxes", "/inbound", "/deliveries", "/webhooks", "/settings", "/settings/smtpPassword"):
        page = at(olga, f"/team/operator{part}")
        assert f'<html lang="{language}"' in page
        assert "Mailboxes" not in page
