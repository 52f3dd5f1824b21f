"""The slowest parts of the mail pipeline, each alone: what no pipeline can be faster than on this machine."""

import itertools
import smtplib
import time
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.mail.models import RawEmail
from app.mail.reading.parsing import parse
from app.transaction import transaction
from bench.mails import letter
from tests.house import SUPPORT
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

MAILS = 100
_numbers = itertools.count()


def per_second(work: Callable[[], object]) -> float:
    """How many mails a second a piece of work for MAILS of them does."""
    began = time.perf_counter()
    work()
    return MAILS / (time.perf_counter() - began)


def of_intake(app: Flask, dovecot: Dovecot) -> Mapping[str, float]:
    """Fetching, parsing, and a commit for each mail."""
    user, letters = "limit@casey.example", [letter() for _ in range(MAILS)]
    fill(dovecot, user)
    with dovecot.login(user) as imap, app.app_context():
        imap.select_folder("INBOX")
        uids = imap.search()
        return {
            "IMAP fetch alone": per_second(lambda: imap.fetch(uids, ["BODY.PEEK[]"])),
            "parse alone": per_second(lambda: [parse(raw) for raw in letters]),
            "insert and commit alone": per_second(insert),
        }


def of_sending(app: Flask, world: OutsideWorld) -> Mapping[str, float]:
    """Handing over, and a commit for each mail."""
    letters = [letter() for _ in range(MAILS)]
    with app.app_context():
        return {
            "SMTP alone, one connection": per_second(lambda: smtp(world, letters)),
            "insert and commit alone": per_second(insert),
        }


def fill(dovecot: Dovecot, user: str, mails: int = MAILS) -> None:
    """Put mails into a mailbox."""
    with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=30) as lmtp:
        for _ in range(mails):
            lmtp.sendmail("customer@world.test", [user], letter())


def insert() -> None:
    """One row and one commit for each mail."""
    for _ in range(MAILS):
        with transaction():
            row = {"sha256": f"bench {next(_numbers)}", "content": b"It burns!"}
            db.session.execute(sa.insert(RawEmail).values(row))


def smtp(world: OutsideWorld, letters: list[bytes]) -> None:
    """Mails that are made already, over one connection."""
    with smtplib.SMTP(world.host, world.port) as server:
        for raw in letters:
            server.sendmail(SUPPORT, ["customer@world.test"], raw)
