"""Deciding about received mails, one by one, in the order they came, under the lease of their mailbox.

A mail is read outside of any transaction, since that can take long, and while the one before it is decided about. Every
try is counted before it is made, so that a mail that kills its worker is counted too; after three it is put into
quarantine, and never holds up the next. First tries are counted for a handful of mails at once; a mail that was tried
before is counted alone, when its turn comes, so that none pays twice for a neighbour.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import zip_longest

import sqlalchemy as sa
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError, OperationalError

from app.clock import now
from app.crash import CrashPoint, crash_point
from app.extensions import db
from app.files.kept import StoreAway
from app.files.storing import keep
from app.mail.deciding.ahead import Ahead
from app.mail.deciding.decisions import conclude
from app.mail.deciding.outcomes import decide
from app.mail.mailboxes import Lease, LeaseLost, drop_lease, process_name, take_lease
from app.mail.models import InboundEmail, Mailbox, Outcome, RawEmail
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import NoReader, Unreadable, read
from app.queue import JobTimeout
from app.transaction import reading, transaction

LEASE = timedelta(minutes=1)
BATCH = 100
HANDFUL = 10
BATCH_SECONDS = 60.0
MOST_ATTEMPTS = 3
PAUSE = timedelta(seconds=30)

# What is asked for every mail is put together once.
RAW = (
    select(RawEmail.content)
    .join(InboundEmail, InboundEmail.sha256 == RawEmail.sha256)
    .where(InboundEmail.id == bindparam("id"))
)
STILL_OURS = (
    select(InboundEmail)
    .join(InboundEmail.mailbox)
    .where(InboundEmail.id == bindparam("id"), InboundEmail.outcome.is_(None))
    .where(Mailbox.deciding_owner == bindparam("owner"))
    .with_for_update(of=InboundEmail)
)

log = logging.getLogger(__name__)


def decide_mailbox(mailbox_id: int) -> int:
    """Decide about the mails of a mailbox that wait for it, at most one batch. Says how many it found; 0: all done."""
    with transaction():
        if not take_lease(mailbox_id, "deciding", LEASE):
            return 0
    try:
        found = _decide_batch(Lease(mailbox_id, "deciding", LEASE))
    finally:
        with transaction():
            drop_lease(mailbox_id, "deciding")
    if found:
        return found
    with reading():  # who rang a moment ago was sent away, since we still had the lease
        return len(_waiting(mailbox_id))


def _decide_batch(lease: Lease) -> int:
    until = time.monotonic() + BATCH_SECONDS
    with reading():
        waiting = _waiting(lease.mailbox_id)
    with Ahead(_raw, read) as ahead, suppress(LeaseLost):
        for inbound_id, following in _claimed(lease, waiting):
            lease.keep()
            _decide_safely(ahead, inbound_id, following)
            if time.monotonic() > until:
                break
    return len(waiting)


def _waiting(mailbox_id: int) -> Sequence[int]:
    query = (
        select(InboundEmail.id)
        .where(InboundEmail.mailbox_id == mailbox_id, InboundEmail.outcome.is_(None))
        .where(InboundEmail.next_at <= now())
        .order_by(InboundEmail.id)
        .limit(BATCH)
    )
    return db.session.scalars(query).all()


def waiting_mailboxes() -> list[int]:
    """The mailboxes that have mails to decide about."""
    query = select(InboundEmail.mailbox_id).where(InboundEmail.outcome.is_(None), InboundEmail.next_at <= now())
    return list(db.session.scalars(query.distinct()))


def _claimed(lease: Lease, waiting: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """The mails that are to be tried now, in their order, each counted; and the next, where both are tried first."""
    for start in range(0, len(waiting), HANDFUL):
        some = waiting[start : start + HANDFUL]
        with transaction():
            lease.prolong()
            fresh = _claim_fresh(some)
        for inbound_id, following in zip_longest(some, some[1:]):
            if inbound_id in fresh or _claim_again(inbound_id):
                yield inbound_id, following if fresh >= {inbound_id, following} else None


def _claim_fresh(inbound_ids: Sequence[int]) -> set[int]:
    """Count the first try of those that were never tried."""
    counted = (
        sa.update(InboundEmail)
        .where(InboundEmail.id.in_(inbound_ids), InboundEmail.outcome.is_(None), InboundEmail.attempts == 0)
        .values(attempts=1)
        .returning(InboundEmail.id)
    )
    return set(db.session.scalars(counted))


def _claim_again(inbound_id: int) -> bool:
    """Count one more try, unless the mail has been decided about, or has killed too many of us."""
    with transaction():
        inbound = _still_ours(inbound_id)
        if inbound is None:
            return False
        if inbound.attempts >= MOST_ATTEMPTS:
            conclude(inbound, Outcome.QUARANTINED, f"failed {MOST_ATTEMPTS} times: its worker died")
            return False
        inbound.attempts += 1
    return True


def _decide_safely(ahead: Ahead, inbound_id: int, following: int | None) -> None:
    try:
        _read_and_decide(ahead, inbound_id, following)
    except JobTimeout:
        raise
    except (OperationalError, OSError, NoReader, StoreAway):
        log.exception("deciding postponed inbound=%s", inbound_id)
        with transaction():
            _postpone(inbound_id)
    except Exception as error:
        # Whatever a mail can do to us, the next one must be decided too; this one is kept and shown.
        log.exception("deciding failed inbound=%s", inbound_id)
        with transaction():
            _failed(inbound_id, error)


def _still_ours(inbound_id: int) -> InboundEmail | None:
    """The mail, unless another process has the lease or has decided meanwhile."""
    return db.session.scalar(STILL_OURS, {"id": inbound_id, "owner": process_name()})


def _read_and_decide(ahead: Ahead, inbound_id: int, following: int | None) -> None:
    crash_point(CrashPoint.PARSE_BEFORE)
    mail = ahead.mail(inbound_id)
    if following is not None:
        ahead.begin(following)
    if isinstance(mail, Incoming):
        for part in mail.files:
            keep(part.content)
    try:
        _decide(inbound_id, mail)
    except IntegrityError:
        # Somebody else made the same person, say, at the same moment; now he is there to be found.
        _decide(inbound_id, mail)


def _raw(inbound_id: int) -> bytes:
    with reading():
        return db.session.scalars(RAW, {"id": inbound_id}).one()


def _decide(inbound_id: int, mail: Incoming | Unreadable) -> None:
    with transaction():
        inbound = _still_ours(inbound_id)
        if inbound is None:
            return
        decide(inbound, mail)
        crash_point(CrashPoint.DECIDE_BEFORE_COMMIT)
    crash_point(CrashPoint.DECIDE_AFTER_COMMIT)


def _postpone(inbound_id: int) -> None:
    """The failure was not the mail's: it does not count."""
    inbound = _still_ours(inbound_id)
    if inbound is not None:
        inbound.attempts -= 1
        inbound.next_at = now() + PAUSE


def _failed(inbound_id: int, error: Exception) -> None:
    inbound = _still_ours(inbound_id)
    if inbound is None:
        return
    inbound.next_at = now() + PAUSE
    if inbound.attempts >= MOST_ATTEMPTS:
        conclude(inbound, Outcome.QUARANTINED, f"failed {MOST_ATTEMPTS} times: {type(error).__name__}")
