"""What happens to a mail when the database, or whoever sends it, fails in the middle."""

import time
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.clock import now
from app.events import Event
from app.extensions import db
from app.jobs.mail import sweep_outbox
from app.mail.sending.delivering import claiming, delivery
from app.queue import JobTimeout
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker
from tests.mail.rows import outbound_to
from tests.sandbox import Outside


def test_a_mail_that_left_leaves_once_although_the_database_is_away_for_a_moment(
    app: Flask, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = delivery.settle, [OperationalError("", {}, Exception("restarting"))] * 2
    handed_over: list[str] = []

    def settle(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        real(*arguments)  # type: ignore[arg-type]

    deliver = delivery.sandbox.hand_over
    monkeypatch.setattr(delivery, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(delivery, "settle", settle)
    monkeypatch.setattr(
        delivery.sandbox, "hand_over", lambda letter: handed_over.append(letter.recipient) or deliver(letter)
    )
    api.opened(UNA)
    work()
    assert failures == []
    assert handed_over.count(UNA) == 1
    assert [one.status for one in outbound_to(app, UNA)] == ["sent"]


@pytest.mark.parametrize("look", ["sound_bytes", "leaks"])
def test_a_mail_at_which_the_last_look_fails_is_held_and_the_case_says_so(
    app: Flask, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch, look: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError

    monkeypatch.setattr(delivery, look, fail)
    api.opened(UNA)
    work()
    [mail] = outbound_to(app, UNA)
    assert (mail.status, mail.answer) == ("held", "Held: the last look at it failed: ValueError.")
    assert outside.inbox(UNA) == []
    with app.app_context():
        assert db.session.scalars(select(Event.case_id).where(Event.name == "mail_withheld")).first() == mail.case_id


def test_a_database_that_is_away_at_the_last_look_puts_the_mail_off(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("restarting"))

    monkeypatch.setattr(delivery, "leaks", fail)
    api.opened(UNA)
    work()
    assert [one.status for one in outbound_to(app, UNA)] == ["deferred"]


def test_a_mail_with_a_sign_of_an_endless_number_leaves(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA, message=f"Sign &#{'9' * 5000}; or &#{'0' * 5000}65; of mine")
    work()
    assert [one.status for one in outbound_to(app, UNA)] == ["sent"]
    assert "of mine" in outside.inbox(UNA)[0].get_content()


@pytest.mark.settings(CASEY_MAIL_SEND_TIMEOUT="1s")
@pytest.mark.parametrize(("took", "status"), [(0.6, "sent"), (1.3, "deferred")])
def test_what_making_a_mail_has_taken_of_its_claim_is_not_there_for_handing_it_over(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch, took: float, status: str
) -> None:
    compose, deliver = delivery.compose, delivery.sandbox.hand_over
    given: list[float] = []
    api.opened(UNA)
    [mail] = outbound_to(app, UNA)
    monkeypatch.setattr(delivery, "compose", lambda outbound: time.sleep(took) or compose(outbound))
    monkeypatch.setattr(delivery.sandbox, "hand_over", lambda letter: given.append(letter.seconds) or deliver(letter))
    with app.app_context():
        assert delivery.send(mail.id)
    assert [one.status for one in outbound_to(app, UNA)] == [status]
    assert all(0 < seconds < 5 / 4 - took for seconds in given)
    assert len(given) == (status == "sent")


def test_a_mail_over_which_five_workers_have_died_is_held(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compose(_: object) -> None:
        raise JobTimeout

    api.opened(UNA)
    with monkeypatch.context() as deadly, time_machine.travel(now(), tick=False) as clock:
        deadly.setattr(delivery, "compose", compose)
        for _ in range(claiming.MOST_DEATHS * 10):
            with app.app_context():
                try:
                    sweep_outbox()
                except JobTimeout:
                    clock.shift(timedelta(minutes=2))
    [mail] = outbound_to(app, UNA)
    assert (mail.status, mail.attempts) == ("held", claiming.MOST_DEATHS + 1)
    assert "died 5 times" in str(mail.answer)
    assert api.post(f"/deliveries/{mail.uuid}/retry").status_code in {200, 202}
    work()
    assert [one.status for one in outbound_to(app, UNA)] == ["sent"]
