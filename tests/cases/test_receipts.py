"""What an address gets because somebody wrote in its name: little, and nothing that a stranger typed."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.clock import now
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.leaks import decoded
from tests.letters import letter
from tests.mail.rows import cases
from tests.sandbox import Outside

PROVEN = {"Authentication-Results": "mx.casey.test; dmarc=pass header.from=customer.test"}


def test_forged_mail_brings_its_victim_none_of_its_words(
    app: Flask, cast: Cast, work: Worker, outside: Outside
) -> None:
    outside.send(letter(f"Cheap Pills <{UNA}>", "Buy pills", "Go to https://evil.test now."))
    outside.send(letter("Cheap Pills <max@customer.test>", "Buy pills", "Go to https://evil.test now."))
    work()
    for reader, case in zip((UNA, "max@customer.test"), cases(app), strict=True):
        [receipt] = outside.inbox(reader)
        assert receipt["Subject"] == f"[Case {case.reference}] We have received your message"
        assert not [one for one in ("ills", "evil.test", "Cheap") if one in decoded(receipt.as_bytes())]
    assert "Go to https://evil.test now." in outside.inbox(BEN)[0].get_content()


@pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID="mx.casey.test")
def test_who_is_proven_to_have_written_gets_the_own_words(cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "I found a bug", "It is over there!", **PROVEN))
    work()
    assert "It is over there!" in outside.inbox(UNA)[0].get_content()


def test_a_flood_in_one_name_is_told_to_its_owner_three_times_an_hour_and_ten_a_day(
    api: Api, work: Worker, outside: Outside
) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(15):
            api.opened(UNA)
        for expected in (3, 6, 9, 10, 10):
            work()
            assert len(outside.inbox(UNA)) == expected
            clock.shift(timedelta(hours=1, seconds=1))
        clock.shift(timedelta(days=3))
        work()
        assert len(outside.inbox(UNA)) == 13


@pytest.mark.parametrize("headers", [{}, PROVEN])
@pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID="mx.casey.test")
def test_what_mails_cause_brings_their_sender_one_automatic_answer_a_day(
    app: Flask, cast: Cast, work: Worker, outside: Outside, headers: dict[str, str]
) -> None:
    forms = [UNA, "una+a@customer.test", "una+b@customer.test"]
    with time_machine.travel(now(), tick=False) as clock:
        for expected in (1, 2, 3):
            for number in range(6):
                outside.send(letter(forms[number % 3], f"Mail {number}", "Hi", **headers))
                work()
            assert sum(len(outside.inbox(form)) for form in forms) == expected
            clock.shift(timedelta(days=1, seconds=1))
    assert len(cases(app)) == 18


def test_a_case_that_was_opened_by_the_api_is_answered_beside_those_of_mails(
    api: Api, work: Worker, outside: Outside
) -> None:
    outside.send(letter(UNA, "Mail", "Hi"))
    work()
    for _ in range(4):
        api.opened(UNA)
    work()
    assert len(outside.inbox(UNA)) == 4


@pytest.mark.parametrize("confirmation", [False, True])
def test_plus_forms_are_one_address(api: Api, work: Worker, outside: Outside, confirmation: bool) -> None:
    api.post("/config", {"caseConfirmation": confirmation})
    forms = [f"una+{number}@customer.test" for number in range(10)]
    for form in forms:
        api.opened(form)
    work()
    assert sum(len(outside.inbox(form)) for form in forms) == 3
