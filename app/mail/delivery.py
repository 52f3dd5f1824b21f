"""Sending one outbound row: claim it, talk to the network outside any transaction, settle what came of it."""

import logging
import os
import re
import socket
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache

import sqlalchemy as sa

from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.mail import sandbox, smtp
from app.mail.composing import compose
from app.mail.letters import Handover, Letter, Refused, Sent, TryLater
from app.mail.masking import foreign_addresses
from app.mail.models import Delivery, OutboundEmail
from app.mail.outbox import WAITING
from app.text import storable
from app.transaction import transaction

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)

log = logging.getLogger(__name__)


@cache
def worker_name() -> str:
    """Who claims, for people to read."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def claim(outbound_id: int) -> Letter | None:
    """Take a mail for sending. None when it is not due, somebody else has it, mail is off, or it would leak.

    The claim is a lease: it ends by itself when this process dies, somewhat later than sending may take.
    """
    if not settings().mail_enable:
        return None
    limit = settings().mail_send_timeout
    claimed = db.session.execute(
        sa.update(OutboundEmail)
        .where(OutboundEmail.id == outbound_id, OutboundEmail.next_at <= now())
        .where(OutboundEmail.status.in_(WAITING))
        .values(
            status=Delivery.SENDING,
            claimed_by=worker_name(),
            attempts=OutboundEmail.attempts + 1,
            next_at=now() + limit * 4 / 3,
        )
        .returning(OutboundEmail.id)
    ).first()
    if claimed is None:
        return None
    outbound = db.session.get_one(OutboundEmail, outbound_id, populate_existing=True)
    mail = compose(outbound)
    leaked = leaks(mail, outbound)
    if leaked:
        outbound.status = Delivery.HELD
        outbound.answer = f"Held: it would have shown {len(leaked)} address(es) that its reader must not see."
        return None
    return Letter(
        outbound.id,
        outbound.message_id,
        mail.as_bytes(),
        settings().mail_address,
        outbound.address,
        limit.total_seconds(),
    )


def leaks(mail: EmailMessage, outbound: OutboundEmail) -> set[str]:
    """Addresses in the final bytes, decoded, that this reader must not see. The team may see everything."""
    if outbound.person.team:
        return set()
    read = message_from_bytes(mail.as_bytes(), policy=default)
    texts = [str(value) for _, value in read.items()]
    for part in read.walk():
        texts += [str(value) for _, value in part.items()]
        if part.get_content_maintype() == "text":
            texts.append(part.get_content())
    return foreign_addresses("\n".join(texts), reader=outbound.person, case=outbound.case)


def settle(outbound_id: int, outcome: Handover) -> None:
    """Write down what came of it. 4xx and silence are tried again, ever more slowly, for five days."""
    outbound = db.session.get_one(OutboundEmail, outbound_id)
    outbound.answer = storable(outcome.answer)[:1000]
    outbound.claimed_by = None
    match outcome:
        case Sent():
            outbound.status, outbound.sent_at = Delivery.SENT, now()
            outbound.relay_message_id = _renamed(outcome.answer, outbound.message_id)
        case Refused():
            outbound.status = Delivery.REJECTED
        case TryLater() if now() - outbound.created_at > GIVE_UP_AFTER:
            outbound.status = Delivery.REJECTED
        case TryLater():
            outbound.status, outbound.next_at = Delivery.DEFERRED, _next_try(outbound.attempts)


def _next_try(attempts: int) -> datetime:
    doublings: int = 2 ** min(attempts - 1, 10)
    return now() + min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _renamed(answer: str, ours: str) -> str | None:
    """The Message-ID a relay gave the mail instead of ours, when its answer names one."""
    found = re.search(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>", answer)
    return found[0] if found and found[0] != ours else None


def _postpone(outbound_id: int, error: Exception) -> None:
    """A mail that could not even be made. Nothing happens when somebody else has taken or sent it meanwhile."""
    outbound = db.session.get_one(OutboundEmail, outbound_id, with_for_update=True)
    if outbound.status in WAITING and outbound.next_at <= now():
        outbound.attempts += 1
        settle(outbound_id, TryLater(f"The mail could not be made: {type(error).__name__}"))


def send(outbound_id: int) -> bool:
    """Send one mail if it wants to be sent. Says whether it was this call that tried."""
    try:
        with transaction():
            letter = claim(outbound_id)
    except Exception as error:
        # Whatever is wrong with this mail, the next one must leave; this one is tried again, and shown.
        log.exception("composing failed outbound=%s", outbound_id)
        with transaction():
            _postpone(outbound_id, error)
        return True
    if letter is None:
        return False
    crash_point(CrashPoint.SEND_CLAIMED)
    outcome = _hand_over(letter)
    crash_point(CrashPoint.SEND_BEFORE_SETTLE)
    with transaction():
        settle(letter.outbound_id, outcome)
    crash_point(CrashPoint.SEND_AFTER_SETTLE)
    return True


def _hand_over(letter: Letter) -> Handover:
    return smtp.hand_over(letter) if settings().smtp_adapter == "smtp" else sandbox.hand_over(letter)
