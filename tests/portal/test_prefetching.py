"""Programs that check mail open every link in it, again and again. Nothing comes of that."""

import re
from datetime import timedelta
from email import message_from_bytes
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from time_machine import travel

from app.clock import now
from app.extensions import db
from app.mail.models import SandboxEmail
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import BASE_URL, Worker, on_both
from tests.files.posts import a_file, posted
from tests.letters import letter
from tests.portal.browser import Browser
from tests.reading import AS_READ
from tests.sandbox import Outside, link_in
from tests.scale import up_to

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.settings(CASEY_CASE_CONFIRMATION="true", CASEY_CASE_SEND_COPY="true", CASEY_MAIL_ATTACHMENT_LIMIT="0"),
]

TIMES = up_to(3, 100)
ADDRESSES = re.compile(rf"{BASE_URL}[^\s\"'<>]*")
# Marks of last use, which nobody sees but whoever looks after keys.
BOOKKEEPING = {("api_keys", "last_used_at")}


@pytest.fixture
def lived(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    """One case that was confirmed, taken and answered with a file; one that nobody took; and one that still waits."""
    taken = api.opened(UNA)["uuid"]
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
    api.opened("late@customer.test")
    work()


def confirm(app: Flask, outside: Outside) -> None:
    """Confirm the case that una was asked about last."""
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[-1], "/confirm/"))
    assert browser.submit().status_code == 200


def links(app: Flask) -> set[str]:
    """Every address of ours that stands in a mail, in its text or its HTML."""
    with app.app_context():
        mails = [message_from_bytes(raw, policy=AS_READ) for raw in db.session.scalars(sa.select(SandboxEmail.content))]
    texts = [part.get_content() for mail in mails for part in mail.walk() if part.get_content_maintype() == "text"]
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


@on_both
def test_asking_for_every_link_in_every_mail_a_hundred_times_changes_nothing(
    app: Flask, lived: None, work: Worker
) -> None:
    found = links(app)
    kinds = {link.removeprefix(BASE_URL).split("/")[1] for link in found}
    assert {"c", "confirm", "files"} <= kinds
    before = everything(app)
    for link in found:
        for _ in range(TIMES):
            for method in ("GET", "HEAD"):
                asked = app.test_client().open(link, method=method, follow_redirects=True, buffered=True)
                assert asked.status_code < 400, link
    work()
    assert everything(app) == before
