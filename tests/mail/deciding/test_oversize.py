"""A mail that is too large is kept with its headers alone, and its sender is told, once."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.intake.taking import LARGEST, Position, ring_for, take_in
from app.mail.mailboxes import SANDBOX, mailbox_named
from app.transaction import transaction
from tests.cast import EVE, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside

OURS = "mx.casey.test"


class Large:
    """Brings in mails of which only the headers were fetched."""

    def __init__(self, app: Flask, work: Worker) -> None:
        self.app, self.work, self.uids = app, work, iter(range(1, 100))

    def comes(self, sender: str, **headers: str) -> None:
        raw = letter(sender, "My holidays", "", **headers).as_bytes().split(b"\r\n\r\n")[0] + b"\r\n\r\n"
        with self.app.app_context(), transaction():
            mailbox = mailbox_named(SANDBOX)
            take_in(mailbox, Position("INBOX", 1, next(self.uids)), raw, full_size=LARGEST + 1)
            ring_for(mailbox)
        self.work()


@pytest.fixture
def large(app: Flask, cast: Cast, work: Worker) -> Large:
    return Large(app, work)


def test_it_is_quarantined_and_its_sender_told_in_fixed_words(app: Flask, large: Large, outside: Outside) -> None:
    large.comes(f"Eve <{EVE}>")
    [row] = inbound(app)
    assert (row.outcome, row.reason, row.sender, row.subject) == ("quarantined", "too_large", EVE, "My holidays")
    [told] = outside.inbox(EVE)
    assert "My holidays" not in str(told)
    assert told["Auto-Submitted"] == "auto-generated"
    assert cases(app) == []


def test_he_is_told_once_a_day(app: Flask, large: Large, outside: Outside) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(3):
            large.comes(EVE)
        large.comes(UNA)
        assert [len(outside.inbox(one)) for one in (EVE, UNA)] == [1, 1]
        clock.shift(timedelta(hours=25))
        large.comes(EVE)
        assert len(outside.inbox(EVE)) == 2


@pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID=OURS)
@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (EVE, {"Precedence": "bulk"}),
        ("mailer-daemon@far.test", {}),
        ("support@casey.test", {}),
        (EVE, {"Authentication_Results": f"{OURS}; dmarc=fail header.from=stranger.test"}),
        ("eve@localhost", {}),
    ],
)
def test_robots_we_ourselves_and_those_whose_name_was_forged_are_not_told(
    app: Flask, large: Large, sender: str, headers: dict[str, str]
) -> None:
    large.comes(sender, **headers)
    assert inbound(app)[0].outcome in {"quarantined", "ignored"}
    assert outbound_to(app, sender) == []
