"""The ids in In-Reply-To and References: of mails that the reader has seen, and that he certainly sent himself."""

from email.message import EmailMessage

import pytest
from flask import Flask

from app.mail.models import Delivery
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.outgoing import MAX
from tests.mail.rows import outbound_to
from tests.sandbox import Outside

TELLING = [f"<{BEN}>", "<ben%40team.test@x.test>", "<ben=40team.test@x.test>"]


def thread_of(mail: EmailMessage) -> list[str]:
    """Every id that a mail names beside its own."""
    return f"{mail['In-Reply-To'] or ''} {mail['References'] or ''}".split()


def answered(work: Worker, outside: Outside) -> EmailMessage:
    """What una gets when ben answers."""
    outside.reply(outside.inbox(BEN)[-1], "Which table?")
    work()
    answer = outside.inbox(UNA)[-1]
    assert "Which table?" in answer.get_content()
    return answer


@pytest.mark.parametrize("id", [*TELLING, f"<{MAX}>"])
def test_a_forged_mail_under_a_telling_id_keeps_no_answer_from_a_customer(
    app: Flask, api: Api, work: Worker, outside: Outside, id: str
) -> None:
    case = api.opened(UNA)
    api.post(f"/cases/{case['uuid']}/participants", {"email": MAX})
    work()
    forged = letter(UNA, f"Re: [Case {case['reference']}] it", "Never mind.", message_id=id)
    received = outside.send(forged)
    work()
    assert outside.received(received)["outcome"] == "posted"
    answer = answered(work, outside)
    assert id not in thread_of(answer)
    assert {one.status for one in outbound_to(app, UNA)} == {Delivery.SENT}


@pytest.mark.parametrize("id", TELLING)
def test_not_even_the_mail_that_opens_a_case_can_keep_answers_from_its_writer_by_its_id(
    app: Flask, api: Api, work: Worker, outside: Outside, id: str
) -> None:
    outside.send(letter(UNA, "I found a bug", "It is over there!", message_id=id))
    work()
    first = outside.inbox(UNA)[-1]
    proven = letter(UNA, "Re: it", "And there.", in_reply_to=first["Message-ID"])
    outside.send(proven)
    work()
    answer = answered(work, outside)
    assert proven["Message-ID"] in thread_of(answer)
    assert id not in thread_of(answer)
    assert {one.status for one in outbound_to(app, UNA)} == {Delivery.SENT}


def test_an_answer_stands_below_what_its_reader_has_proven_to_have_sent(
    api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    proven = letter(UNA, "Re: it", "And there.", in_reply_to=outside.inbox(UNA)[-1]["Message-ID"])
    claimed = letter(UNA, f"Re: [Case {case['reference']}] it", "And here.")
    for mail in (proven, claimed):
        outside.send(mail)
        work()
    thread = thread_of(answered(work, outside))
    assert thread[0] == proven["Message-ID"]
    assert claimed["Message-ID"] not in thread


def test_an_order_that_left_nothing_to_read_is_part_of_the_thread_of_whoever_gave_it(
    api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    answered(work, outside)
    order = letter(BEN, "Re: it", "#priority high", in_reply_to=outside.inbox(BEN)[-1]["Message-ID"])
    outside.send(order)
    work()
    outside.reply(outside.inbox(UNA)[-1], "The one over there.")
    work()
    assert outside.inbox(BEN)[-1]["In-Reply-To"] == order["Message-ID"]
