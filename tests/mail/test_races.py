"""Several workers at once: each mail is taken in and decided once, and in order."""

import threading
from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail import deciding
from app.mail.models import Mailbox
from app.transaction import transaction
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside


def test_while_another_process_decides_nobody_else_does(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Help!", "Please."))
    with app.app_context(), transaction():
        mailbox = db.session.get_one(Mailbox, 1)
        mailbox.deciding_owner, mailbox.deciding_until = "another:1", now() + deciding.LEASE
    with app.app_context():
        assert deciding.decide_mailbox(1) == 0
    with time_machine.travel(now() + deciding.LEASE + timedelta(seconds=1)):
        work()
    assert [row.outcome for row in inbound(app)] == ["opened"]


@on_both
def test_two_workers_decide_each_mail_once(app: Flask, cast: Cast, outside: Outside) -> None:
    for number in range(10):
        outside.send(letter(UNA, f"Mail {number}", "Hi"))
    start = threading.Barrier(3)

    def worker() -> None:
        start.wait()
        for _ in range(3):
            with app.app_context():
                deciding.decide_mailbox(1)

    together(worker, 3)
    assert [one.subject for one in cases(app)] == [f"Mail {number}" for number in range(10)]
    assert [row.outcome for row in inbound(app)] == ["opened"] * 10
    assert {row.attempts for row in inbound(app)} == {0}


@on_both
def test_mails_that_come_in_at_once_are_all_taken(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    same, start = letter(UNA, "The same", "Hi").as_bytes(), threading.Barrier(4)

    def sender() -> None:
        start.wait()
        for number in range(5):
            outside.send(same)
            outside.send(letter(UNA, f"Mail {number}", "Hi"))

    together(sender, 4)
    assert sorted(row.uid for row in inbound(app)) == list(range(1, 41))
    work()
    assert sorted(row.outcome for row in inbound(app)) == ["duplicate"] * 19 + ["opened"] * 21


def together(act: Callable[[], None], times: int) -> None:
    """Do something in several threads at once."""
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
