"""SIGKILL at every crash point there is; then a restart, and the ledgers are compared."""

import http.client
import signal
import subprocess
import sys
import urllib.error
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cases.attachments import Attachment
from app.cases.models import Case
from app.crash import CrashPoint
from app.extensions import db
from app.files.storing import read_file
from app.mail.models import OutboundEmail
from tests.conftest import on_both
from tests.faults.leases import let_leases_run_out
from tests.faults.ledgers import Feeder, check
from tests.house import PATIENCE, ROOT, SUPPORT, House
from tests.letters import letter
from tests.scale import databases, up_to
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

WEB = {CrashPoint.COMMIT_BEFORE, CrashPoint.COMMIT_AFTER}
# This one kills the process that reads mails, and never a worker: see tests/mail/test_poison.py.
READER = {CrashPoint.READER_READING}
BULK = {CrashPoint.BULK_AFTER_BATCH}  # see tests/faults/test_bulk_kills.py
# And these kill whoever tells a webhook: see test_webhooks.py.
WEBHOOK = {point for point in CrashPoint if point.startswith("webhook.")}
MAIL = [point for point in CrashPoint if point not in WEB | READER | BULK | WEBHOOK]
# Behind the final dot the server may have taken the mail although we never learnt it.
OPEN_WINDOW = {CrashPoint.SEND_BEFORE_ANSWER, CrashPoint.SEND_AFTER_ANSWER, CrashPoint.SEND_BEFORE_SETTLE}
MAILS = 3


def work_once(house: House, **more: str) -> int:
    """Let a worker process do all the mail work there is; returns how it ended."""
    with house.log.open("ab") as log:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.once"],
            env={**house.environ, **more, "REDIS_URL": ""},
            cwd=ROOT,
            stdout=log,
            stderr=log,
            timeout=PATIENCE,
            check=False,
        )
    return done.returncode


@pytest.mark.campaign
@pytest.mark.parametrize("database", databases(), indirect=True)
@pytest.mark.parametrize("point", MAIL)
@pytest.mark.parametrize("visit", range(1, 1 + up_to(1, 3)))
def test_a_worker_killed_here_loses_and_doubles_nothing(
    point: CrashPoint, visit: int, house: House, dovecot: Dovecot, outside: OutsideWorld, tmp_path: Path
) -> None:
    feeder = Feeder(tmp_path / "fed", dovecot)
    for number in range(MAILS):
        feeder.feed(with_a_file(number))
    ended = work_once(house, CASEY_CRASH_AT=f"{point}:{visit}")
    assert ended in ({-signal.SIGKILL} if visit == 1 else {-signal.SIGKILL, 0}), house.log.read_text()[-3000:]
    let_leases_run_out(house)
    assert work_once(house) == 0, house.log.read_text()[-3000:]

    figures = check(house, feeder.fed(), outside)
    assert (figures.lost, figures.doubled, figures.unsent) == (0, 0, 0), figures
    assert figures.repeated <= (1 if point in OPEN_WINDOW else 0), figures
    assert dovecot.messages(SUPPORT) == []
    assert len(dovecot.messages(SUPPORT, "Processed")) == MAILS
    with house.inside():
        contents = [read_file(one.file) for one in db.session.scalars(select(Attachment).order_by(Attachment.name))]
    assert contents == [content_of(number) for number in range(MAILS)]


def with_a_file(number: int) -> EmailMessage:
    """A mail that opens a case, with a file of its own."""
    mail = letter(f"customer{number}@world.test", "Help", f"Number {number} needs help.", to=SUPPORT)
    mail.add_attachment(
        content_of(number), maintype="application", subtype="octet-stream", filename=f"log {number}.bin"
    )
    return mail


def content_of(number: int) -> bytes:
    return f"Log {number}\r\n\x00\xff".encode("latin-1")


@on_both
@pytest.mark.parametrize("point", sorted(WEB))
def test_a_web_server_killed_here_keeps_all_of_a_request_or_nothing(point: CrashPoint, house: House) -> None:
    house.start("web")
    assert house.call("GET", "/cases").status == 200  # so that the key's mark of use is not the commit that is hit
    house.kill("web")
    house.start("web", CASEY_CRASH_AT=str(point))
    case = {"creator": {"email": "una@customer.test"}, "subject": "Help", "message": "It burns!"}
    key = {"Idempotency-Key": "order-4711"}
    with pytest.raises((urllib.error.URLError, http.client.HTTPException, ConnectionError)):
        house.call("POST", "/cases", case, **key)
    house.kill("web")

    house.start("web")
    kept = house.call("GET", "/cases").json["items"]
    assert len(kept) == (1 if point is CrashPoint.COMMIT_AFTER else 0)
    repeated = house.call("POST", "/cases", case, **key)
    assert (repeated.status, house.call("POST", "/cases", case, **key).json) == (201, repeated.json)
    assert [one["uuid"] for one in house.call("GET", "/cases").json["items"]] == [repeated.json["uuid"]]
    assert kept in ([], [one for one in kept if one["uuid"] == repeated.json["uuid"]])
    with house.inside():
        mails = db.session.scalar(select(func.count()).select_from(OutboundEmail))
        assert mails == db.session.scalar(select(func.count()).select_from(Case))
