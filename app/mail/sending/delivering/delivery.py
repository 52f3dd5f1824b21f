"""Sending one outbound row: claim it, compose it, talk to the network outside any transaction, settle the outcome."""

import logging
import time
from email.message import EmailMessage

from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import joinedload

from app.cases.models import Case, Participant, Post
from app.config import settings
from app.crash import CrashPoint, crash_point
from app.events import record
from app.extensions import db
from app.mail import sandbox
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.checking.intact import sound_bytes
from app.mail.sending.checking.leaks import leaks
from app.mail.sending.composing.letter import compose, envelope_sender
from app.mail.sending.delivering import smtp
from app.mail.sending.delivering.claiming import claim_mail
from app.mail.sending.delivering.outcomes import Claim, Handover, Letter, Outcome, Sent, TryLater, Withheld
from app.mail.sending.delivering.settling import settle
from app.mail.sending.unmasked import shows_unmasked, warn_author
from app.people.models import Person
from app.queue import JobTimeout
from app.transaction import reading, transaction

PAUSES = (0.2, 1.0, 3.0)
DELETED = "Held: the message has been deleted."
JUST_DISCARDED = "The case has just been marked as spam or put into the trash."

# With all that a mail is made of. Put together once, since it is asked for every mail.
OUTBOUND = (
    select(OutboundEmail)
    .where(OutboundEmail.id == bindparam("id"))
    .options(
        joinedload(OutboundEmail.person, innerjoin=True),
        joinedload(OutboundEmail.post).joinedload(Post.author, innerjoin=True).lazyload(Person.identities),
        joinedload(OutboundEmail.case)
        .selectinload(Case.participants)
        .joinedload(Participant.person, innerjoin=True)
        .lazyload(Person.identities),
    )
)

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


def _written(claim: Claim) -> Letter | Withheld | TryLater:
    """The mail, made and checked. Whatever is wrong with it, the next one must leave."""
    try:
        with reading():
            return _checked(db.session.scalars(OUTBOUND, {"id": claim.outbound_id}).one(), claim)
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
