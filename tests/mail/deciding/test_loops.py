"""Mail that goes round in circles is stopped."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.api_client import Api
from tests.cast import UNA, Cast, assemble
from tests.conftest import Worker, environment, migrated
from tests.letters import SUPPORT, letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

NEIGHBOUR = "help@neighbour.test"


def test_our_own_mail_is_a_loop(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    outside.send(outside.inbox(UNA)[0])
    outside.send(letter(UNA, "Hi", "Hi", message_id=outside.inbox(UNA)[0]["Message-ID"]))
    outside.send(letter(UNA, "Hi", "Hi", X_Casey_Loop="casey.test"))
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("ignored", "loop")] * 3
    assert len(cases(app)) == 1


@pytest.mark.parametrize("sender", [SUPPORT, "Support@CASEY.test", "support+tag@casey.test"])
def test_mail_from_our_own_address_is_a_loop(
    app: Flask, cast: Cast, work: Worker, outside: Outside, sender: str
) -> None:
    outside.send(letter(sender, "Hi", "Hi"))
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("ignored", "loop")]


@pytest.mark.settings(CASEY_MAIL_ALIASES="help@casey.test")
@pytest.mark.parametrize("sender", ["help@casey.test", "help+tag@casey.test"])
def test_mail_from_an_alias_of_ours_is_a_loop(
    app: Flask, cast: Cast, work: Worker, outside: Outside, sender: str
) -> None:
    outside.send(letter(sender, "Hi", "Hi"))
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("ignored", "loop")]


def test_another_casey_is_no_loop(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter("support@other.test", "Hi", "Hi", X_Casey_Loop="other.test"))
    work()
    assert [row.outcome for row in inbound(app)] == ["opened"]


@pytest.mark.parametrize(("hops", "outcome"), [(100, "opened"), (101, "quarantined")])
def test_more_than_a_hundred_hops_are_a_circle(
    app: Flask, cast: Cast, work: Worker, outside: Outside, hops: int, outcome: str
) -> None:
    mail = letter(UNA, "Hi", "Hi")
    for number in range(hops):
        mail["Received"] = f"from a.test by b.test; hop {number}"
    outside.send(mail)
    work()
    assert [row.outcome for row in inbound(app)] == [outcome]


@pytest.mark.settings(CASEY_CASE_SEND_COPY="true")
def test_two_caseys_exchange_at_most_four_mails(cast: Cast, work: Worker, outside: Outside, neighbour: Flask) -> None:
    there, work_there = Outside(neighbour), Worker(neighbour)
    outside.send(letter(NEIGHBOUR, "Hello", "from somebody who forges"))
    exchanged = 0
    for _ in range(4):
        work()
        carried = carry(outside.inbox(NEIGHBOUR), there)
        work_there()
        exchanged = carried + carry(there.inbox(SUPPORT), outside)
    assert 1 <= exchanged <= 4


def carry(mails: list[EmailMessage], to: Outside) -> int:
    """Bring over what has not been brought over yet; says how many mails there have been in all."""
    known = {row.message_id for row in inbound(to.app)}
    for mail in mails:
        if mail["Message-ID"] not in known:
            to.send(mail)
    return len(mails)


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[Flask]:
    """Another Casey, with another address."""
    directory = tmp_path / "neighbour"
    directory.mkdir()
    url = f"sqlite:///{directory / 'casey.db'}"
    migrated(directory, url)
    more = {"CASEY_MAIL_ADDRESS": NEIGHBOUR, "CASEY_CASE_SEND_COPY": "true"}
    other = create_app(
        {**environment(directory, url, **more), "CASEY_SECRET_KEY": "another key, also long enough for one"}
    )
    assemble(other)
    yield other
    with other.app_context():
        db.session.remove()
        db.engine.dispose()
