"""Taking mail in: the raw bytes are committed first; what to make of them is decided later, from what is stored."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select

from app.clock import now
from app.database import insert_if_absent
from app.errors import Invalid, TooLarge
from app.extensions import db
from app.mail.mailboxes import mailbox_named
from app.mail.models import InboundEmail, Mailbox, RawEmail
from app.mail.reading.parsing import message_id_of
from app.queue import enqueue

LARGEST = 35 * 1024 * 1024


@dataclass(frozen=True)
class Position:
    """Where on a server a mail lies (RFC 3501, 2.3.1.1); the generation counts the mails that had this UID before."""

    folder: str
    uid_validity: int
    uid: int
    generation: int = 0


def take_in(mailbox: Mailbox, position: Position, raw: bytes, *, full_size: int | None = None) -> InboundEmail:
    """Store a mail with its raw bytes. The caller rings for its decision, commits, and only then touches the server.

    ``full_size`` is given when the mail is too large to be taken: ``raw`` are then its headers alone, and it is decided
    about as one that is too large.
    """
    sha256 = _keep(raw)
    inbound = InboundEmail(
        mailbox_id=mailbox.id,
        folder=position.folder,
        uid_validity=position.uid_validity,
        uid=position.uid,
        generation=position.generation,
        sha256=sha256,
        message_id=message_id_of(raw),
        size=full_size or len(raw),
        received_at=now(),
    )
    db.session.add(inbound)
    return inbound


def ring_for(mailbox: Mailbox) -> None:
    """Ask for a decision about what has been stored; once for many mails."""
    enqueue("mail.decide_mailbox", mailbox.id)


def _keep(raw: bytes) -> str:
    """Store the bytes, once however often they come, and return their hash."""
    sha256 = hashlib.sha256(raw).hexdigest()
    insert_if_absent(RawEmail, sha256=sha256, content=raw)
    return sha256


def take_in_directly(source: str, raw: bytes) -> InboundEmail:
    """Store a mail that came without a mail server: over HTTP, or from the sandbox.

    Raises Invalid for nothing at all, TooLarge for more than a mail may have.
    """
    if not raw.strip():
        raise Invalid("There is no mail in the request. Send the raw message (RFC 5322) as its body.")
    if len(raw) > LARGEST:
        raise TooLarge(f"A mail must be at most {LARGEST // 1024 // 1024} MB large.")
    mailbox = mailbox_named(source)
    mailbox.last_uid = Mailbox.last_uid + 1  # counted by the database: others may be counting too
    db.session.flush()
    ring_for(mailbox)
    inbound = take_in(mailbox, Position("", 0, mailbox.last_uid), raw)
    db.session.flush()
    return inbound


def undecided() -> int:
    """How many mails wait for a decision."""
    return db.session.scalar(select(func.count()).where(InboundEmail.outcome.is_(None))) or 0
