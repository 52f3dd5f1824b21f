"""Sending one outbound row: claim it, compose it, talk to the network outside any transaction, settle the outcome."""

import logging

import sqlalchemy as sa

from app.cases.links import link_for
from app.clock import now
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.events import record
from app.extensions import db
from app.mail import sandbox
from app.mail.mailboxes import process_name
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending import smtp
from app.mail.sending.composing import compose, envelope_sender
from app.mail.sending.leaks import leaks
from app.mail.sending.letters import Claim, Handover, Letter, Outcome, TryLater, Withheld
from app.mail.sending.outbox import WAITING
from app.mail.sending.server_rest import resting
from app.mail.sending.settling import settle
from app.mail.sending.unmasked import shows_unmasked, warn_author
from app.mail.sending.wording import link_purpose
from app.queue import JobTimeout
from app.transaction import reading, transaction

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
    with transaction():
        settle(claim, outcome)
        _tell(claim, letter, outcome)
    crash_point(CrashPoint.SEND_AFTER_SETTLE)
    return True


def claim_mail(outbound_id: int) -> Claim | None:
    """Take a mail for sending. None when it is not due, somebody else has it, mail is off, or the server rests.

    The claim is a lease: it ends by itself when this process dies, somewhat later than sending may take.
    """
    if not settings().mail_enable or resting():
        return None
    limit = settings().mail_send_timeout
    claimed = db.session.execute(
        sa.update(OutboundEmail)
        .where(OutboundEmail.id == outbound_id, OutboundEmail.next_at <= now())
        .where(OutboundEmail.status.in_(WAITING))
        .values(
            status=Delivery.SENDING,
            claimed_by=process_name(),
            attempts=OutboundEmail.attempts + 1,
            next_at=now() + limit * 4 / 3,
        )
        .returning(OutboundEmail.attempts)
    ).first()
    if claimed is None:
        return None
    outbound = db.session.get_one(OutboundEmail, outbound_id, populate_existing=True)
    if outbound.case:
        link_for(outbound.case, outbound.person, link_purpose(outbound))  # so that composing only reads
    return Claim(outbound_id, claimed[0], limit.total_seconds())


def _written(claim: Claim) -> Letter | Withheld | TryLater:
    """The mail, made and checked. Whatever is wrong with it, the next one must leave."""
    try:
        with reading():
            outbound = db.session.get_one(OutboundEmail, claim.outbound_id)
            content = compose(outbound).as_bytes()
            leaked = leaks(content, reader=outbound.person, case=outbound.case)
            sender, recipient = envelope_sender(outbound), outbound.address
            message_id, unmasked = outbound.message_id, shows_unmasked(outbound)
    except JobTimeout:
        raise
    except Exception as error:
        log.exception("composing failed outbound=%s", claim.outbound_id)
        return TryLater(f"The mail could not be made: {type(error).__name__}")
    if leaked:
        return Withheld(f"Held: it would have shown {len(leaked)} address(es) that its reader must not see.")
    return Letter(message_id, content, sender, recipient, claim.seconds, unmasked)


def _tell(claim: Claim, letter: Letter | Withheld | TryLater, outcome: Outcome) -> None:
    """Say on the case that a mail was withheld; say to its author what a mail has shown."""
    outbound = db.session.get_one(OutboundEmail, claim.outbound_id)
    if isinstance(outcome, Withheld) and outbound.status is Delivery.HELD and outbound.case:
        record(outbound.case, "mail_withheld", by=None, new={"outbound": outbound.id, "person": outbound.person_id})
    if isinstance(letter, Letter) and letter.unmasked and outbound.status is Delivery.SENT:
        warn_author(outbound)


def _hand_over(letter: Letter) -> Handover:
    return smtp.hand_over(letter) if settings().smtp_adapter == "smtp" else sandbox.hand_over(letter)
