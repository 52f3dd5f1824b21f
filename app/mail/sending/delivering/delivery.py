"""Sending one outbound row: claim it, compose it, talk to the network outside any transaction, settle the outcome."""

import logging
import time
from email.message import EmailMessage

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.cases.links import link_between
from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.events import record
from app.extensions import db
from app.mail import sandbox
from app.mail.mailboxes import process_name
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.checking.intact import sound_bytes
from app.mail.sending.checking.leaks import leaks
from app.mail.sending.composing.letter import compose, envelope_sender
from app.mail.sending.composing.wording import link_purpose
from app.mail.sending.delivering import smtp
from app.mail.sending.delivering.outcomes import Claim, Handover, Letter, Outcome, Sent, TryLater, Withheld
from app.mail.sending.delivering.server_rest import resting
from app.mail.sending.delivering.settling import settle
from app.mail.sending.outbox import WAITING
from app.mail.sending.parking import park_if_discarded
from app.mail.sending.unmasked import shows_unmasked, warn_author
from app.queue import JobTimeout
from app.transaction import reading, transaction

MOST_DEATHS = 5
# In times of mailSendTimeout: how long a claim holds, and how much of that is for making a mail and handing it over.
LEASE, USABLE = 4 / 3, 5 / 4
PAUSES = (0.2, 1.0, 3.0)
DELETED = "Held: the message has been deleted."
JUST_DISCARDED = "The case has just been marked as spam or put into the trash."

log = logging.getLogger(__name__)


def send(outbound_id: int) -> bool:
    """Send one mail if it wants to be sent. Says whether it was this call that tried."""
    with transaction():
        claim = claim_mail(outbound_id)
    if claim is None:
        return False
    crash_point(CrashPoint.SEND_CLAIMED)
    letter = _written(claim)
    outcome = _hand_over(letter) if isinstance(letter, Letter) else letter
    crash_point(CrashPoint.SEND_BEFORE_SETTLE)
    _settle(claim, outcome)
    crash_point(CrashPoint.SEND_AFTER_SETTLE)
    if isinstance(letter, Letter) and letter.unmasked and isinstance(outcome, Sent):
        _warn(claim)
    return True


def _settle(claim: Claim, outcome: Outcome) -> None:
    """Write it down, also when the database is away for a moment: a mail that left must not leave again."""
    for pause in PAUSES:
        try:
            return _write_down(claim, outcome)
        except OperationalError:
            log.exception("settling postponed outbound=%s", claim.outbound_id)
            time.sleep(pause)
    return _write_down(claim, outcome)


def _write_down(claim: Claim, outcome: Outcome) -> None:
    with transaction():
        settle(claim, outcome)
        if isinstance(outcome, Withheld):
            _withheld(claim.outbound_id)


def claim_mail(outbound_id: int) -> Claim | None:
    """Take a mail for sending. None when it is not due, somebody else has it, mail is off, or the server rests.

    The claim is a lease: it ends by itself when this process dies, somewhat later than sending may take.
    """
    if not settings().mail_enable or resting():
        return None
    limit, began = settings().mail_send_timeout, time.monotonic()
    claimed = db.session.execute(
        sa.update(OutboundEmail)
        .where(OutboundEmail.id == outbound_id, OutboundEmail.next_at <= now())
        .where(OutboundEmail.status.in_(WAITING))
        .values(
            status=Delivery.SENDING,
            claimed_by=process_name(),
            attempts=OutboundEmail.attempts + 1,
            deaths=OutboundEmail.deaths + sa.case((OutboundEmail.status == Delivery.SENDING, 1), else_=0),
            next_at=now() + limit * LEASE,
        )
        .returning(
            OutboundEmail.attempts,
            OutboundEmail.deaths,
            OutboundEmail.case_id,
            OutboundEmail.person_id,
            OutboundEmail.purpose,
        )
    ).first()
    if claimed is None:
        return None
    if claimed.deaths >= MOST_DEATHS:
        _give_up(outbound_id)
        return None
    if claimed.case_id and park_if_discarded(outbound_id, claimed.case_id):
        return None
    if claimed.case_id:
        link_between(claimed.case_id, claimed.person_id, link_purpose(claimed.purpose))  # so that composing only reads
    seconds = limit.total_seconds()
    return Claim(outbound_id, claimed.attempts, seconds, began + seconds * USABLE)


def _give_up(outbound_id: int) -> None:
    outbound = db.session.get_one(OutboundEmail, outbound_id, populate_existing=True)
    outbound.status, outbound.answer = Delivery.HELD, f"Held: whoever tried to send it died {MOST_DEATHS} times."


def _written(claim: Claim) -> Letter | Withheld | TryLater:
    """The mail, made and checked. Whatever is wrong with it, the next one must leave."""
    try:
        with reading():
            return _checked(db.session.get_one(OutboundEmail, claim.outbound_id), claim)
    except JobTimeout:
        raise
    except Exception as error:
        log.exception("composing failed outbound=%s", claim.outbound_id)
        return TryLater(f"The mail could not be made: {type(error).__name__}")


def _checked(outbound: OutboundEmail, claim: Claim) -> Letter | Withheld | TryLater:
    """The mail, unless a last look at it forbids that it leaves. What cannot be looked at stays here, to be seen."""
    if outbound.post and outbound.post.deleted_at:
        return Withheld(DELETED)
    if outbound.case and outbound.case.discarded:  # with the next claim it is parked
        return TryLater(JUST_DISCARDED)
    mail = compose(outbound)
    try:
        return _looked_at(mail, outbound, claim)
    except (JobTimeout, SQLAlchemyError):
        raise
    except Exception as error:
        log.exception("last look failed outbound=%s", outbound.id)
        return Withheld(f"Held: the last look at it failed: {type(error).__name__}.")


def _looked_at(mail: EmailMessage, outbound: OutboundEmail, claim: Claim) -> Letter | Withheld | TryLater:
    """The mail, unless what its reader would get is not what we made, or shows him what he must not see."""
    content = sound_bytes(mail, sender=settings().mail_address, reader=outbound.address)
    if content is None:
        return Withheld("Held: what would have left does not read as the mail that was made.")
    leaked = leaks(content, reader=outbound.person, case=outbound.case)
    if leaked:
        return Withheld(f"Held: it would have shown {len(leaked)} address(es) that its reader must not see.")
    sender, unmasked = envelope_sender(outbound), shows_unmasked(outbound)
    left = claim.left()
    if not left:
        return TryLater("Making the mail has taken all the time there was for sending it.")
    return Letter(outbound.message_id, content, sender, outbound.address, left, unmasked)


def _withheld(outbound_id: int) -> None:
    """Say on the case that a mail was withheld."""
    outbound = db.session.get_one(OutboundEmail, outbound_id)
    if outbound.case and outbound.status is Delivery.HELD:
        record(outbound.case, "mail_withheld", by=None, new={"outbound": outbound.id, "person": outbound.person_id})


def _warn(claim: Claim) -> None:
    """Say to its author what a mail has shown. The mail has left, whatever becomes of this."""
    try:
        with transaction():
            warn_author(db.session.get_one(OutboundEmail, claim.outbound_id))
    except SQLAlchemyError:
        log.exception("warning lost outbound=%s", claim.outbound_id)


def _hand_over(letter: Letter) -> Handover:
    return smtp.hand_over(letter) if settings().smtp_adapter == "smtp" else sandbox.hand_over(letter)
