"""Programs that check mail open every link in it, again and again. Nothing comes of that."""

import re
from collections import defaultdict
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from html import unescape
from itertools import product

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from time_machine import travel

from app.clock import now
from app.extensions import db
from app.mail.models import MailPurpose, OutboundEmail, SandboxEmail
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA
from tests.conftest import BASE_URL, Worker, on_both
from tests.files.posts import a_file, posted
from tests.letters import letter
from tests.portal.browser import Browser
from tests.reading import AS_READ
from tests.sandbox import Outside, link_in
from tests.scale import up_to

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.settings(
        CASEY_CASE_ASK_RATING="true",
        CASEY_CASE_CONFIRMATION="true",
        CASEY_CASE_SEND_COPY="true",
        CASEY_MAIL_ATTACHMENT_LIMIT="0",
    ),
]

TIMES = up_to(3, 100)
OPEN, ENDED = {200}, {200, 410}  # what is left of a link that has ended says so
ADDRESSES = re.compile(rf"{BASE_URL}[^\s\"'<>]*")
# Where the links of each mail lead, by the beginning of their paths.
KINDS = {
    MailPurpose.CONFIRMATION: {"confirm"},
    MailPurpose.RATING: {"r"},
    MailPurpose.SIGN_IN: {"team"},
    MailPurpose.MESSAGE: {"c", "files"},
    MailPurpose.COPY: {"c", "files"},
    MailPurpose.INITIAL: {"c"},
    MailPurpose.RECEIPT: {"c"},
    MailPurpose.NEW_LINK: {"c"},
    MailPurpose.INVITATION: {"c"},
    MailPurpose.REMINDER: {"c"},
    MailPurpose.HELD_NOTICE: {"c"},
}
# Made as the notice of a held mail is, with the same link; and those without any.
ALIKE = {MailPurpose.STORM_NOTICE, MailPurpose.REFUSED_ORDER, MailPurpose.UNMASKED_FILE}
LINKLESS = {MailPurpose.TOO_LARGE, MailPurpose.WEBHOOK_DISABLED}
# Marks of last use, which nobody sees but whoever looks after keys.
BOOKKEEPING = {("api_keys", "last_used_at")}


@pytest.fixture
def lived(app: Flask, api: Api, work: Worker, outside: Outside) -> set[str]:
    """Cases of every kind: of old, answered with a file, closed, taken by nobody, waiting; and somebody signs in."""
    ended = of_old(app, api, work, outside)
    opened = api.opened(UNA)
    taken, reference = opened["uuid"], opened["reference"]
    work()
    confirm(app, outside)
    work()
    posted(app, taken, BEN, a_file(), text="See this.")
    work()
    outside.reply(outside.inbox(UNA)[-1], "I see.")
    outside.send(letter(UNA, "One more", "It smokes."))
    work()
    confirm(app, outside)
    work()
    with travel(now() + timedelta(days=2), tick=False):
        work()
    outside.send(letter(EVE, f"Re: [{reference}] lamp", "I have the same lamp."))
    work()
    assert api.post(f"/case/{taken}/close").status_code == 200
    api.opened("late@customer.test")
    asked(app, "/team/sign-in", BEN)
    work()
    return ended


def of_old(app: Flask, api: Api, work: Worker, outside: Outside) -> set[str]:
    """Let una ask for a new link to a case whose own has ended, as have all others of then."""
    with travel(now() - timedelta(days=120), tick=False):
        api.opened(UNA)
        work()
        confirm(app, outside)
        work()
        ended = set().union(*links(app).values())
    asked(app, link_in(outside.inbox(UNA)[-1], "/c/"), UNA)
    work()
    return ended


def asked(app: Flask, page: str, address: str) -> None:
    """Enter an address where a link can be asked for."""
    browser = Browser(app)
    browser.client = at_desk(app)
    browser.open(page)
    assert browser.submit(address=address).status_code == 200


def at_desk(app: Flask) -> FlaskClient:
    """The browser in which links to sign in are asked for, and in which alone they open something."""
    client = app.test_client()
    for domain in ("localhost", "127.0.0.1"):
        client.set_cookie("casey_asked_with", "the secret of this browser", path="/team/sign-in", domain=domain)
    return client


def confirm(app: Flask, outside: Outside) -> None:
    """Confirm the case that una was asked about last."""
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[-1], "/confirm/"))
    assert browser.submit().status_code == 200


def links(app: Flask) -> dict[str, set[str]]:
    """Every address of ours that stands in a mail, in its text or its HTML, by the purpose of the mail."""
    found: dict[str, set[str]] = defaultdict(set)
    with app.app_context():
        purposes = {one.message_id: one.purpose for one in db.session.scalars(sa.select(OutboundEmail))}
        for raw in db.session.scalars(sa.select(SandboxEmail.content)):
            mail = message_from_bytes(raw, policy=AS_READ)
            found[purposes[mail["Message-ID"].strip()]] |= _links_in(mail)
    return {purpose: some for purpose, some in found.items() if some}


def _links_in(mail: Message) -> set[str]:
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]  # type: ignore[attr-defined]
    return {found.rstrip(".,)") for text in texts for found in ADDRESSES.findall(unescape(text))}


def everything(app: Flask) -> dict[str, list[str]]:
    """Whatever the database holds, table by table, but for what is noted of its use."""
    with app.app_context():
        return {
            name: sorted(repr(tuple(row)) for row in db.session.execute(_told(table)))
            for name, table in db.metadata.tables.items()
        }


def _told(table: sa.Table) -> sa.Select[*tuple[object, ...]]:
    return sa.select(*(one for one in table.columns if (table.name, one.name) not in BOOKKEEPING))


def kind(link: str) -> str:
    """The beginning of its path, which says where it leads."""
    return link.removeprefix(BASE_URL).split("/")[1]


def asks(app: Flask, link: str, fine: set[int]) -> None:
    """Ask for it as somebody new each time, and for the page behind it with the cookie that came the first time."""
    for _ in range(TIMES):
        known = at_desk(app)
        for client, method in product((at_desk(app), known), ("GET", "HEAD")):
            asked = client.open(link, method=method, follow_redirects=True, buffered=True)
            assert asked.status_code in fine, link
            again = client.open(asked.request.url, method=method, buffered=True)
            assert again.status_code in fine, asked.request.url


@on_both
def test_asking_for_every_link_in_every_mail_a_hundred_times_changes_nothing(
    app: Flask, lived: set[str], work: Worker
) -> None:
    found = links(app)
    assert {purpose: {kind(link) for link in some} for purpose, some in found.items()} == KINDS
    assert set(KINDS) | ALIKE | LINKLESS == set(MailPurpose)
    before = everything(app)
    for link in set().union(*found.values()):
        asks(app, link, ENDED if link in lived else OPEN)
    work()
    assert everything(app) == before
