"""What is called hostile names, and what hostile servers and mails say, is only ever read by the team and operators."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser

from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail
from app.people.persons import known_person
from app.people.sessions import begin_session
from app.transaction import transaction
from tests.browser.xss.operating import branded, operated
from tests.browser.xss.payloads import payloads
from tests.browser.xss.planting import batches, planted
from tests.browser.xss.trap import Trap, trap
from tests.cast import OLGA, UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.sandbox import Outside
from tests.scale import FULL

pytestmark = [pytest.mark.browser, pytest.mark.campaign, pytest.mark.settings(CASEY_CONTACT_FORM="true")]

HOSTILE = list(batches(payloads()))[:: 1 if FULL else 9]
TEAM = ("", "?filter=closed", "/preferences", "/operator", *(f"/operator/{one}" for one in ("mailboxes", "webhooks")))
LISTS = ("/operator/settings", "/operator/deliveries", "/operator/inbound?outcome=all", "/operator/inbound")


@pytest.fixture
def caught(chromium: Browser, site: str) -> Iterator[Trap]:
    """A browser in which nothing may run but what is ours."""
    with chromium.new_context() as context:
        yield trap(context.new_page(), site)


def enter(caught: Trap, secret: str) -> None:
    """Be signed in."""
    cookie = {"name": "casey_team", "value": secret, "domain": "127.0.0.1", "path": "/team"}
    caught.page.context.add_cookies([cookie])  # type: ignore[list-item]


def look(caught: Trap, address: str) -> None:
    """Open a page, unfold what is folded, and see that nothing ran."""
    caught.page.goto(address)
    caught.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert caught.spring() == [], address


def test_nothing_runs_on_the_pages_of_the_team_and_of_operators(
    site: str, app: Flask, cast: object, caught: Trap, outside: Outside, work: Worker
) -> None:
    cases = planted(app, [one for batch in HOSTILE for one in batch])
    for batch in HOSTILE:
        outside.send(_hostile(batch))
    work()
    furniture = operated(app, HOSTILE)
    enter(caught, furniture.secret)
    with app.app_context():
        mails = [f"/operator/inbound/{one}" for one in db.session.scalars(sa.select(InboundEmail.uuid))]
        failed = sa.select(OutboundEmail.uuid).where(OutboundEmail.rejected_at.is_not(None))
        deliveries = [f"/operator/deliveries/{one}" for one in db.session.scalars(failed)]
    for path in (*TEAM, *LISTS, *mails, *deliveries, *(f"/cases/{one.uuid}" for one in cases)):
        look(caught, f"{site}/team{path}")
    for path in furniture.webhooks:
        look(caught, f"{site}{path}")
    look(caught, f"{site}/new")


def _hostile(batch: list[str]) -> bytes:
    """A mail whose sender is called so, with the same in its subject and in headers that nobody knows."""
    text = "".join(one if one.isprintable() else " " for one in " ".join(batch))
    name = text.replace("\\", "").replace('"', "'")[:150]
    mail = letter(f'"{name}" <{UNA}>', text, "\n".join(batch), X_Mailer=text, Comments=text)
    return mail.as_bytes()


@pytest.mark.usefixtures("cast")
def test_nothing_runs_in_what_is_searched_for_or_typed_in_vain(site: str, app: Flask, caught: Trap) -> None:
    with app.app_context(), transaction():
        enter(caught, begin_session(known_person(OLGA, field="olga"), browser="ours", ip_address=None)[1])
    for text in (one for batch in HOSTILE for one in batch):
        for way in (f"?q={quote(text)}", f"?filter={quote(text)}", f"/sign-in?next={quote(text)}"):
            look(caught, f"{site}/team{way}")


@pytest.mark.usefixtures("cast")
def test_nothing_runs_where_the_house_itself_is_called_so(site: str, app: Flask, caught: Trap) -> None:
    with app.app_context(), transaction():
        enter(caught, begin_session(known_person(OLGA, field="olga"), browser="ours", ip_address=None)[1])
    for batch in HOSTILE:
        branded(app, " ".join(batch))
        for path in ("/left", "/new/sent", "/team", "/team/operator/settings/brandName"):
            look(caught, f"{site}{path}")
