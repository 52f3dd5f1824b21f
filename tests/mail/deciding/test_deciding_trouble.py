"""Deciding when something fails that is not the mail's fault, and when a mail kills its worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from app.clock import now
from app.extensions import db
from app.jobs import mail as jobs
from app.mail.deciding import batches
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import SANDBOX, Work
from app.mail.models import InboundEmail, Mailbox, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import Unreadable
from app.queue import JobTimeout
from app.transaction import transaction
from tests.cast import UNA, Cast
from tests.house import ROOT
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

WORK = "from tests.faults.once import main; main()"
SHORTLY = timedelta(minutes=2)


def failing(errors: list[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let deciding fail in these ways, then work."""
    real, failures = batches.decide, iter(errors)

    def decide(*arguments: object) -> None:
        for failure in failures:
            raise failure
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "decide", decide)


def decide_once(app: Flask) -> None:
    with app.app_context():
        batches.decide_mailbox(1)


def test_a_mail_that_kills_its_worker_three_times_is_quarantined(
    app: Flask, environ: dict[str, str], cast: Cast, outside: Outside
) -> None:
    outside.send(letter(UNA, "Deadly", "Hi"))
    outside.send(letter(UNA, "Next", "Hi"))
    deadly = {**os.environ, **environ, "CASEY_CRASH_AT": "parse.before", "REDIS_URL": ""}
    for died in (1, 2, 3):
        done = subprocess.run([sys.executable, "-c", WORK], env=deadly, cwd=ROOT, timeout=60, check=False)
        assert done.returncode == -signal.SIGKILL
        assert [row.attempts for row in inbound(app)] == [died, 1]  # whoever waits behind it is counted once
        with app.app_context(), transaction():
            db.session.get_one(InboundEmail, 1).mailbox.deciding_until = now()
    decide_once(app)
    assert [(row.outcome, row.reason) for row in inbound(app)] == [
        ("quarantined", "failed 3 times: its worker died"),
        ("opened", None),
    ]


def test_a_database_that_is_busy_is_not_the_mails_fault(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.send(letter(UNA, "Help!", "Please."))
    failing([OperationalError("", {}, Exception("locked"))] * 5, monkeypatch)
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(5):
            decide_once(app)
            assert [(row.outcome, row.attempts) for row in inbound(app)] == [(None, 0)]
            clock.shift(SHORTLY)
        decide_once(app)
    assert [row.outcome for row in inbound(app)] == ["opened"]


def test_a_lost_race_is_run_again_at_once(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.send(letter(UNA, "Help!", "Please."))
    failing([IntegrityError("", {}, Exception("unique"))], monkeypatch)
    decide_once(app)
    assert [(row.outcome, row.attempts) for row in inbound(app)] == [("opened", 1)]


def test_the_end_of_the_jobs_time_ends_the_job(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.send(letter(UNA, "First", "Hi"))
    outside.send(letter(UNA, "Second", "Hi"))
    failing([JobTimeout("time is up")], monkeypatch)
    with pytest.raises(JobTimeout):
        decide_once(app)
    assert [row.outcome for row in inbound(app)] == [None, None]
    decide_once(app)
    assert sorted(str(row.outcome) for row in inbound(app)) == ["opened", "opened"]


def test_a_failure_after_somebody_else_decided_changes_nothing(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.send(letter(UNA, "Help!", "Please."))

    def read(_raw: bytes) -> None:
        with app.app_context(), transaction():
            row = db.session.get_one(InboundEmail, 1)
            row.attempts = 3
            batches.conclude(row, Outcome.IGNORED, "loop")
        raise RuntimeError("too late")

    monkeypatch.setattr(batches, "read", read)
    decide_once(app)
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("ignored", "loop")]


def test_a_mail_that_arrives_while_the_lease_is_given_back_is_not_left(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    arriving: Iterator[bytes] = iter([letter(UNA, "Just now", "Hi").as_bytes()])
    real = batches.drop_lease

    def drop_lease(mailbox_id: int, work: Work) -> None:
        for raw in arriving:
            take_in_directly(SANDBOX, raw)
        real(mailbox_id, work)

    monkeypatch.setattr(batches, "drop_lease", drop_lease)
    with app.app_context(), transaction():
        db.session.add(Mailbox(name=SANDBOX))
    with app.app_context():
        jobs.decide_mailbox(1)
    assert [one.subject for one in cases(app)] == ["Just now"]


def test_deciding_stops_when_its_time_is_over(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside.send(letter(UNA, "Help!", "Please."))
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", -1.0)
    with app.app_context():
        jobs.decide_mailbox(1)
        jobs.sweep_inbound()
    assert [row.outcome for row in inbound(app)] == [None]


def test_what_is_wrong_with_the_next_mail_is_not_the_mail_before_its_fault(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        outside.send(letter(UNA, f"Mail {number}", "Hi"))
    real = batches._raw

    def damaged(inbound_id: int) -> bytes:
        if inbound_id == 2:
            raise MemoryError
        return real(inbound_id)

    monkeypatch.setattr(batches, "_raw", damaged)
    decide_once(app)
    assert [(row.outcome, row.attempts) for row in inbound(app)] == [("opened", 1), (None, 1), ("opened", 1)]


def test_behind_a_mail_that_was_tried_before_none_is_read_ahead(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        outside.send(letter(UNA, f"Mail {number}", "Hi"))
    with app.app_context(), transaction():
        db.session.get_one(InboundEmail, 1).attempts = 1
    read_when_decided, readings = [], list[bytes]()
    real_read, real_decide = batches.read, batches.decide

    def read(raw: bytes) -> Incoming | Unreadable:
        readings.append(raw)
        return real_read(raw)

    def decide(row: InboundEmail, mail: Incoming | Unreadable) -> None:
        read_when_decided.append(len(readings))
        real_decide(row, mail)

    monkeypatch.setattr(batches, "read", read)
    monkeypatch.setattr(batches, "decide", decide)
    decide_once(app)
    assert read_when_decided == [1, 2]
    assert [row.attempts for row in inbound(app)] == [2, 1]
