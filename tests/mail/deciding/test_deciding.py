"""What becomes of a mail: one outcome each, in order, whatever the mail is."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.deciding import batches, opening, outcomes
from app.mail.models import InboundEmail
from app.mail.reading import room
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import Unreadable
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

REPORT = f"""--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.far.test

Final-Recipient: rfc822; {UNA}
Action: failed
Status: 5.1.1

--x--
"""
HALF_A_MINUTE = timedelta(seconds=31)


def test_a_mail_that_belongs_to_no_case_opens_one(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter("Eve Stranger <Eve@Stranger.test>", "Help!", "Please."))
    work()
    [case], [row] = cases(app), inbound(app)
    assert (case.subject, case.channel, case.state) == ("Help!", "mail", "active")
    assert (row.outcome, row.case_id, row.post_id is not None) == ("opened", case.id, True)
    assert "Please." in outside.inbox(BEN)[0].get_content()
    assert outside.inbox(BEN)[0]["From"].addresses[0].display_name == "Eve Stranger"


def test_a_known_sender_is_never_renamed(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    outside.send(letter(f"Somebody Else <{UNA.upper()}>", "Help!", "Please."))
    work()
    assert api.get(f"/case/{cases(app)[0].uuid}").json["creator"]["name"] == "Una Customer"


@pytest.mark.settings(CASEY_MAIL_OPEN_CASES="false")
def test_where_mail_opens_no_cases_it_is_held(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(EVE, "Help!", "Please."))
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("held", "mail_opens_no_cases")]
    assert (cases(app), outside.inbox(EVE)) == ([], [])


def test_mail_from_the_team_without_a_case_is_held(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(BEN, "Hello everybody", "Cake!"))
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("held", "from_team_without_case")]
    assert outside.inbox(BEN) == []


@pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID="mx.casey.test")
def test_a_refuted_from_opens_no_case(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Help!", "Please.", Authentication_Results="mx.casey.test; dmarc=fail"))
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("held", "authentication_failed")]


def test_the_same_mail_again_is_a_duplicate_and_the_same_id_is_not(
    app: Flask, cast: Cast, work: Worker, outside: Outside
) -> None:
    first = letter(UNA, "Help!", "Please.")
    outside.send(first)
    outside.send(first)
    outside.send(letter(UNA, "Help again!", "Please.", message_id=first["Message-ID"]))
    work()
    assert [row.outcome for row in inbound(app)] == ["opened", "duplicate", "opened"]
    assert inbound(app)[1].case_id == cases(app)[0].id
    assert len(cases(app)) == 2


def test_a_delivery_report_is_no_message(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    outside.send(letter("MAILER-DAEMON@far.test", "Failed", REPORT, Content_Type="multipart/report; boundary=x"))
    work()
    assert [row.outcome for row in inbound(app)] == ["ignored"]
    assert [one["hit"] for one in inbound(app)[0].decisions if one["rule"] == "delivery_report"] == [True]
    assert len(api.get(f"/case/{case['uuid']}").json["messages"]) == 1


def test_every_rule_that_was_asked_is_recorded(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Help!", "Please.", Precedence="bulk"))
    work()
    asked = {one["rule"]: one["hit"] for one in inbound(app)[0].decisions}
    assert {"own_loop_header", "too_many_hops", "delivery_report", "auto_submitted", "threading"} <= set(asked)
    assert [rule for rule, hit in asked.items() if hit] == ["bulk_precedence"]


def test_a_mail_that_cannot_be_decided_is_quarantined_after_three_attempts_and_holds_up_nobody(
    app: Flask, cast: Cast, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = batches.read

    def read(raw: bytes) -> Incoming | Unreadable:
        if b"poison" in raw:
            raise RuntimeError("poison")
        return real(raw)

    monkeypatch.setattr(batches, "read", read)
    outside.send(letter(UNA, "poison", "poison"))
    outside.send(letter(UNA, "Next", "Hi"))
    with time_machine.travel(now(), tick=False) as clock:
        for attempt in (1, 2, 3):
            with app.app_context():
                batches.decide_mailbox(1)
            assert [row.attempts for row in inbound(app)] == [attempt, 1]
            assert [one.subject for one in cases(app)] == ["Next"]
            clock.shift(HALF_A_MINUTE)
    [poison, following] = inbound(app)
    assert (poison.outcome, poison.reason) == ("quarantined", "failed 3 times: RuntimeError")
    assert following.outcome == "opened"
    work()
    assert inbound(app)[0].attempts == 3


def test_a_failure_leaves_nothing_half_done(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.send(letter(EVE, "Hi", "Hi"))
    monkeypatch.setattr(opening, "conclude", lambda *_: 1 / 0)
    with app.app_context():
        batches.decide_mailbox(1)
    assert cases(app) == []
    assert (inbound(app)[0].outcome, inbound(app)[0].attempts) == (None, 1)


def test_a_text_that_is_too_long_for_a_message_is_held_whole(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    api.post(f"/case/{case['uuid']}/close")
    outside.send(letter(EVE, "Log", "long line\n" * 110_000))
    outside.reply(outside.inbox(UNA)[0], "long line\n" * 110_000)
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("held", "invalid")] * 2
    assert api.get(f"/case/{case['uuid']}").json["status"] == "closed"


def test_mails_are_decided_in_the_order_they_came(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    for number in range(12):
        outside.send(letter(UNA, f"Mail {number}", "Hi"))
    work()
    assert [one.subject for one in cases(app)] == [f"Mail {number}" for number in range(12)]


def test_the_next_mail_is_read_while_one_is_decided_about(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        outside.send(letter(UNA, f"Mail {number}", "Hi"))
    begun, readings = threading.Event(), []

    def read(raw: bytes) -> Incoming | Unreadable:
        readings.append(raw)
        if len(readings) == 2:
            begun.set()
        return room.read(raw)

    def decide(inbound: InboundEmail, mail: Incoming | Unreadable) -> None:
        assert begun.wait(10)
        outcomes.decide(inbound, mail)

    monkeypatch.setattr(batches, "read", read)
    monkeypatch.setattr(batches, "decide", decide)
    with app.app_context():
        batches.decide_mailbox(1)
    assert [row.outcome for row in inbound(app)] == ["opened", "opened"]
    assert len(readings) == 2
