"""What a server refuses while we speak to it: why, and what follows from it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.models import Delivery, Rejection
from app.mail.sending.delivering.rejections import why
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker
from tests.letters import SUPPORT
from tests.mail.desk import Desk
from tests.sandbox import Outside
from tests.servers.outside import OutsideWorld

REFUSALS = [
    ("550 5.1.1 No such mailbox", Rejection.BOUNCE),
    ("550 No such user here", Rejection.BOUNCE),
    ("550 Requested action not taken", Rejection.BOUNCE),
    ("553 sorry, that is not one of mine", Rejection.BOUNCE),
    ("551 User not local", Rejection.BOUNCE),
    ("550 5.7.1 Rejected", Rejection.BLOCKED),
    ("550 Your host is on our blacklist", Rejection.BLOCKED),
    ("554 5.7.1 Spam", Rejection.BLOCKED),
    ("553 5.1.8 Sender's domain does not resolve", Rejection.ERROR),
    ("552 5.2.2 Over quota", Rejection.ERROR),
    ("550 5.2.2 Over quota", Rejection.ERROR),
    ("554 Transaction failed", Rejection.ERROR),
]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[OutsideWorld]:
    with OutsideWorld(tmp_path) as running:
        yield running


@pytest.fixture
def environ(environ: dict[str, str], world: OutsideWorld) -> dict[str, str]:
    return environ | {
        "CASEY_MAIL_ADDRESS": SUPPORT,
        "CASEY_SMTP_ADAPTER": "smtp",
        "CASEY_SMTP_SERVER": world.host,
        "CASEY_SMTP_PORT": str(world.port),
        "CASEY_SMTP_ENCRYPTION": "none",
    }


@pytest.fixture
def desk(app: Flask, api: Api, outside: Outside, work: Worker) -> Desk:
    return Desk(app, api, outside, work)


@pytest.mark.parametrize(("answer", "kind"), REFUSALS)
def test_the_words_of_the_server_tell_why(desk: Desk, world: OutsideWorld, answer: str, kind: Rejection) -> None:
    world.misbehaviour.refuse(UNA, text=answer)
    mail = desk.written()
    assert (mail.status, mail.rejection, mail.answer) == (Delivery.REJECTED, kind, answer)
    assert desk.address().bounces == (kind is Rejection.BOUNCE)
    assert desk.events("delivery_failed") == [mail.case_id]


def test_two_refusals_stop_the_mail_to_an_address(desk: Desk, world: OutsideWorld) -> None:
    world.misbehaviour.refuse(UNA, text="550 5.1.1 No such mailbox")
    assert [desk.written().rejection for _ in range(3)] == [Rejection.BOUNCE, Rejection.BOUNCE, Rejection.DROPPED]


def test_what_is_given_up_after_five_days_has_expired(desk: Desk, world: OutsideWorld) -> None:
    world.misbehaviour.refuse(UNA, text="451 4.7.1 Try again later")
    mail = desk.written()
    with time_machine.travel(now(), tick=False) as clock:
        while desk.mails[-1].status is Delivery.DEFERRED:
            clock.move_to(desk.mails[-1].next_at + timedelta(seconds=1))
            desk.work()
    assert (desk.mails[-1].id, desk.mails[-1].rejection) == (mail.id, Rejection.EXPIRED)
    assert desk.address().bounces == 0


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.1.1", "550 5.1.1 rejected, your host is listed at dnsbl.example.test", Rejection.BLOCKED),
        ("5.1.7", "553 5.1.7 Bad sender address syntax", Rejection.ERROR),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", Rejection.BOUNCE),
        ("4.2.2", "452 4.2.2 Mailbox full", Rejection.EXPIRED),
        ("5.3.4", "552 5.3.4 Message size exceeds fixed limit", Rejection.ERROR),
        ("", "", Rejection.ERROR),
    ],
)
def test_why_a_mail_failed(status: str, words: str, kind: Rejection) -> None:
    assert why(status, words) is kind
