"""Handing mails to a real server that may be slow, rude, or gone."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.delivering import delivery
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.letters import SUPPORT
from tests.mail.rows import outbound_to
from tests.sandbox import Outside
from tests.servers.misbehaviour import Moment
from tests.servers.outside import OutsideWorld


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


def to_una(app: Flask) -> OutboundEmail:
    [found] = outbound_to(app, UNA)
    return found


def later(app: Flask) -> timedelta:
    """How long the mail to una rests before it is tried again."""
    return to_una(app).next_at - now()


def test_a_mail_is_delivered_to_its_one_reader(app: Flask, api: Api, work: Worker, world: OutsideWorld) -> None:
    api.opened(UNA)
    work()
    [accepted] = [one for one in world.ledger() if UNA in one.rcpt_tos]
    assert (accepted.mail_from, accepted.rcpt_tos) == (SUPPORT, (UNA,))
    assert accepted.message_id == to_una(app).message_id
    assert (to_una(app).status, to_una(app).answer) == (Delivery.SENT, "250 2.0.0 Accepted")


def test_lines_that_begin_with_a_dot_arrive_whole(api: Api, work: Worker, world: OutsideWorld) -> None:
    api.opened(UNA, message=".\n..\n.hidden\nend")
    work()
    assert "\n.\n..\n.hidden\nend\n" in world.inbox(UNA)[0].get_content().replace("\r\n", "\n")


def test_a_refused_mail_is_final_and_keeps_the_servers_words(
    app: Flask, api: Api, work: Worker, world: OutsideWorld
) -> None:
    world.misbehaviour.refuse(UNA, text="550 5.1.1 No such mailbox")
    api.opened(UNA)
    work()
    assert (to_una(app).status, to_una(app).answer) == (Delivery.REJECTED, "550 5.1.1 No such mailbox")
    assert len(world.inbox(BEN)) == 1


@pytest.mark.parametrize("moment", [Moment.DATA, Moment.DOT])
def test_a_mail_refused_for_what_it_says_is_final(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, moment: Moment
) -> None:
    world.misbehaviour.refuse(UNA, text="554 5.7.1 Spam", at=moment)
    api.opened(UNA)
    work()
    assert (to_una(app).status, to_una(app).answer) == (Delivery.REJECTED, "554 5.7.1 Spam")


@pytest.mark.settings(CASEY_TEAM_INVITE_REMINDER="60d")
def test_a_deferred_mail_is_tried_ever_more_slowly_for_five_days(
    app: Flask, api: Api, work: Worker, world: OutsideWorld
) -> None:
    world.misbehaviour.defer(UNA)
    api.opened(UNA)
    start, pauses = now(), []
    with time_machine.travel(start, tick=False) as clock:
        while True:
            work()
            if to_una(app).status is not Delivery.DEFERRED:
                break
            pauses.append(later(app))
            clock.shift(later(app))
        assert timedelta(days=5) < now() - start < timedelta(days=5, hours=4)
    minutes = [round(pause / timedelta(minutes=1)) for pause in pauses]
    assert minutes[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert set(minutes[9:]) == {240}
    assert (to_una(app).status, to_una(app).answer) == (Delivery.REJECTED, "451 4.7.1 Try again later")
    assert world.inbox(UNA) == []


def test_a_deferred_mail_is_not_tried_before_its_time(app: Flask, api: Api, work: Worker, world: OutsideWorld) -> None:
    world.misbehaviour.defer(UNA, times=1)
    api.opened(UNA)
    work()
    work()
    assert to_una(app).attempts == 1
    with time_machine.travel(now() + timedelta(minutes=2)):
        work()
    assert to_una(app).status is Delivery.SENT
    assert len(world.inbox(UNA)) == 1


@pytest.mark.settings(CASEY_MAIL_SEND_TIMEOUT="1s")
@pytest.mark.parametrize("moment", [Moment.CONNECT, Moment.RCPT, Moment.DATA, Moment.DOT])
def test_a_server_that_falls_silent_is_given_up_in_time(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, moment: Moment
) -> None:
    world.misbehaviour.stall(60, at=moment, times=1)
    api.opened(UNA)
    began = time.monotonic()
    work()
    assert time.monotonic() - began < 5
    states = [one.status for name in (UNA, BEN) for one in outbound_to(app, name)]
    assert states.count(Delivery.DEFERRED) <= 1
    with time_machine.travel(now() + timedelta(minutes=2)):
        work()
    assert to_una(app).status is Delivery.SENT


@pytest.mark.parametrize("moment", [Moment.RCPT, Moment.DATA, Moment.DOT, Moment.RECORDED])
def test_a_server_that_hangs_up_gets_the_same_message_id_again(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, moment: Moment
) -> None:
    world.misbehaviour.hang_up(UNA, at=moment, times=1)
    api.opened(UNA)
    work()
    assert to_una(app).status is Delivery.DEFERRED
    with time_machine.travel(now() + timedelta(minutes=2)):
        work()
    assert to_una(app).status is Delivery.SENT
    expected = 2 if moment is Moment.RECORDED else 1
    assert [mail["Message-ID"] for mail in world.inbox(UNA)] == [to_una(app).message_id] * expected


@pytest.mark.parametrize("text", ["421 4.3.2 Too busy", "554 5.3.2 No service here"])
def test_a_server_that_greets_nobody_refuses_no_mail(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, text: str
) -> None:
    world.misbehaviour.turn_away(text)
    api.opened(UNA)
    work()
    mail = to_una(app)
    assert (mail.status, mail.answer, mail.attempts) == (Delivery.QUEUED, text, 0)


def test_a_server_that_closes_with_421_is_tried_again(app: Flask, api: Api, work: Worker, world: OutsideWorld) -> None:
    world.misbehaviour.defer(UNA, text="421 4.3.2 Going down", at=Moment.RCPT, times=1)
    api.opened(UNA)
    work()
    assert (to_una(app).status, to_una(app).answer) == (Delivery.DEFERRED, "421 4.3.2 Going down")


def test_a_server_that_is_gone_costs_nothing_but_time(app: Flask, api: Api, work: Worker, world: OutsideWorld) -> None:
    world.stop()
    api.opened(UNA)
    work()
    assert to_una(app).status is Delivery.QUEUED
    assert str(to_una(app).answer).startswith("The server cannot be reached")
    world.start()
    with time_machine.travel(now() + timedelta(minutes=2)):
        work()
    assert len(world.inbox(UNA)) == 1


def test_the_id_that_a_relay_gave_is_kept_and_answers_to_it_find_the_case(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, outside: Outside
) -> None:
    world.misbehaviour.defer(UNA, text="250 2.6.0 <renamed@relay.test> Queued mail", at=Moment.RECORDED)
    case = api.opened(UNA)
    work()
    assert to_una(app).relay_message_id == "<renamed@relay.test>"
    outside.send(
        f"From: {UNA}\nSubject: Re: it\nMessage-ID: <1@customer.test>\nIn-Reply-To: <renamed@relay.test>\n\nHi".encode()
    )
    work()
    assert [one["message"] for one in api.get(f"/case/{case['uuid']}").json["messages"]] == ["It is over there!", "Hi"]
    assert world.inbox(UNA)[0]["Message-ID"] == to_una(app).message_id


@on_both
def test_two_workers_send_each_mail_once(app: Flask, api: Api, world: OutsideWorld) -> None:
    for _ in range(3):
        api.opened(UNA)
    ids = [one.id for name in (UNA, BEN) for one in outbound_to(app, name)]
    start = threading.Barrier(2)

    def worker() -> None:
        with app.app_context():
            start.wait()
            for id in ids:
                delivery.send(id)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = [mail.message_id for mail in world.ledger()]
    assert len(sent) == len(set(sent)) == len(ids) == 6
    assert {one.attempts for one in outbound_to(app, UNA)} == {1}


def test_a_mail_that_cannot_be_made_does_not_hold_up_the_next(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = delivery.compose

    def broken_for_una(outbound: OutboundEmail) -> object:
        return real(outbound) if outbound.address != UNA else 1 / 0

    monkeypatch.setattr(delivery, "compose", broken_for_una)
    api.opened(UNA)
    work()
    assert len(world.inbox(BEN)) == 1
    assert (to_una(app).status, to_una(app).attempts) == (Delivery.DEFERRED, 1)
    assert to_una(app).answer == "The mail could not be made: ZeroDivisionError"
    monkeypatch.undo()
    with time_machine.travel(now() + timedelta(minutes=2)):
        work()
    assert len(world.inbox(UNA)) == 1
