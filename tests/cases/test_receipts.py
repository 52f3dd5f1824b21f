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
        for number in range(15):
            outside.send(letter(UNA, f"Mail {number}", "Hi"))
            api.opened(UNA)
        for expected in (3, 6, 9, 10, 10):
            work()
            assert len(outside.inbox(UNA)) == expected
            clock.shift(timedelta(hours=1, seconds=1))
        clock.shift(timedelta(days=3))
        work()
        assert len(outside.inbox(UNA)) == 13


@pytest.mark.parametrize("confirmation", [False, True])
def test_plus_forms_are_one_address(api: Api, work: Worker, outside: Outside, confirmation: bool) -> None:
    api.post("/config", {"caseConfirmation": confirmation})
    forms = [f"una+{number}@customer.test" for number in range(10)]
    for form in forms:
        api.opened(form)
    work()
    assert sum(len(outside.inbox(form)) for form in forms) == 3
