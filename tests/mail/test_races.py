"""Several workers at once: each mail is taken in and decided once, and in order."""

import threading
from collections.abc import Callable
from datetime import timedelta

import time_machine
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail.deciding import batches
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import API, SANDBOX
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
        mailbox.deciding_owner, mailbox.deciding_until = "another:1", now() + batches.LEASE
    with app.app_context():
        assert batches.decide_mailbox(1) == 0
    with time_machine.travel(now() + batches.LEASE + timedelta(seconds=1)):
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
                batches.decide_mailbox(1)

    together(worker, 3)
    assert [one.subject for one in cases(app)] == [f"Mail {number}" for number in range(10)]
    assert [row.outcome for row in inbound(app)] == ["opened"] * 10
    assert {row.attempts for row in inbound(app)} == {1}


@on_both
def test_mails_that_come_in_at_once_are_all_taken(app: Flask, cast: Cast, work: Worker, outside: Outside) -> None:
    same = [letter(UNA, f"The same {number}", "Hi").as_bytes() for number in range(10)]
    sources, start = iter([SANDBOX, SANDBOX, API, API]), threading.Barrier(4)

    def sender() -> None:
        source = next(sources)
        start.wait()
        for raw in same:
            with app.app_context(), transaction():
                take_in_directly(source, raw)

    together(sender, 4)
    mailboxes = {row.mailbox_id for row in inbound(app)}
    assert sorted((row.mailbox_id, row.uid) for row in inbound(app)) == [
        (mailbox_id, uid) for mailbox_id in sorted(mailboxes) for uid in range(1, 21)
    ]
    assert len(mailboxes) == 2
    work()
    assert sorted(row.outcome for row in inbound(app)) == ["duplicate"] * 30 + ["opened"] * 10


def together(act: Callable[[], None], times: int) -> None:
    """Do something in several threads at once."""
    threads = [threading.Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
