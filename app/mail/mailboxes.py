"""The places mail comes from, and the leases under which one process at a time works on each."""

import os
import socket
import threading
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.extensions import db
from app.mail.models import Mailbox
from app.text import storable
from app.transaction import transaction

SANDBOX = "sandbox"
API = "api"
LONGEST_PAUSE = timedelta(minutes=15)

Work = Literal["syncing", "deciding"]


def process_name() -> str:
    """Who holds a lease, for people to read too: each thread is somebody else."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{threading.get_native_id()}"


def mailbox_named(name: str) -> Mailbox:
    """The mailbox of this name, made at its first use. Named for user and server, or `api`, or `sandbox`."""
    query = select(Mailbox).where(Mailbox.name == name)
    found = db.session.scalar(query)
    if found is None:
        with suppress(IntegrityError), db.session.begin_nested():  # somebody else may be making it right now
            db.session.add(Mailbox(name=name))
        found = db.session.scalars(query).one()
    return found


def take_lease(mailbox_id: int, work: Work, lasting: timedelta) -> bool:
    """Take, or prolong, the lease for one kind of work. False while another process has it."""
    owner, until = _columns(work)
    taken = db.session.execute(
        sa.update(Mailbox)
        .where(Mailbox.id == mailbox_id)
        .where(sa.or_(until.is_(None), until < now(), owner == process_name()))
        .values({owner: process_name(), until: now() + lasting})
        .returning(Mailbox.id)
    ).first()
    return taken is not None


def keep_lease(mailbox_id: int, work: Work, lasting: timedelta) -> bool:
    """Prolong the lease, even one that has run out. False when it was taken from us, be it by nobody else."""
    owner, until = _columns(work)
    kept = db.session.execute(
        sa.update(Mailbox)
        .where(Mailbox.id == mailbox_id, owner == process_name())
        .values({until: now() + lasting})
        .returning(Mailbox.id)
    ).first()
    return kept is not None


def drop_lease(mailbox_id: int, work: Work) -> None:
    """Give the lease back, so that nobody has to wait for its end."""
    owner, until = _columns(work)
    db.session.execute(
        sa.update(Mailbox).where(Mailbox.id == mailbox_id, owner == process_name()).values({until: None})
    )


def _columns(
    work: Work,
) -> tuple[sa.orm.InstrumentedAttribute[str | None], sa.orm.InstrumentedAttribute[datetime | None]]:
    if work == "syncing":
        return Mailbox.lease_owner, Mailbox.lease_until
    return Mailbox.deciding_owner, Mailbox.deciding_until


class LeaseLost(Exception):
    """Another process works on this mailbox now, or the mailbox is another one now."""


class Lease:
    """A lease that has been taken and must not run out during long work."""

    def __init__(self, mailbox_id: int, work: Work, lasting: timedelta) -> None:
        self.mailbox_id, self.work, self.lasting = mailbox_id, work, lasting
        self.taken_at = now()

    def keep(self) -> None:
        """Prolong it in a transaction of its own, once half of it is over. Raises LeaseLost."""
        if now() - self.taken_at > self.lasting / 2:
            with transaction():
                self.prolong()

    def prolong(self) -> None:
        """Prolong it in this transaction, so that nothing of this is written unless we have it. Raises LeaseLost."""
        if not keep_lease(self.mailbox_id, self.work, self.lasting):
            raise LeaseLost(f"{self.work} mailbox {self.mailbox_id} is for others to do")
        self.taken_at = now()


def note_trouble(mailbox: Mailbox, words: str, every: timedelta) -> None:
    """The mailbox could not be read: say why, and wait longer each time instead of hammering the server."""
    mailbox.failures += 1
    mailbox.trouble = storable(words)[:500]
    mailbox.next_at = now() + min(every * 2 ** min(mailbox.failures - 1, 10), LONGEST_PAUSE)


def note_success(mailbox: Mailbox, refusal: str | None) -> None:
    """The mailbox was read; a refusal did not hinder that, but somebody must see to it."""
    mailbox.failures, mailbox.next_at, mailbox.synced_at = 0, None, now()
    mailbox.trouble = storable(refusal)[:500] if refusal else None


def note_comparison(mailbox: Mailbox, holes: int) -> None:
    """The server was compared with the journal: so many mails on it are not in the journal."""
    mailbox.holes, mailbox.compared_at = holes, now()


def forget_trouble_of_others(read: Collection[int]) -> None:
    """A mailbox that is not read any more is in nobody's way."""
    in_the_way = sa.or_(Mailbox.trouble.is_not(None), Mailbox.holes > 0)
    db.session.execute(
        sa.update(Mailbox).where(Mailbox.id.not_in(read), in_the_way).values(trouble=None, failures=0, holes=None)
    )
