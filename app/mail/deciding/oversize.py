"""Mails that are too large to be taken: only their headers were fetched. Their senders are told, once."""

from datetime import timedelta

from sqlalchemy import select

from app.clock import now
from app.extensions import db
from app.mail.deciding.decisions import conclude
from app.mail.deciding.screening.authentication import vouched_for
from app.mail.intake.taking import LARGEST
from app.mail.models import InboundEmail, MailPurpose, OutboundEmail, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.sending.outbox import queue_notice
from app.people.addresses import takes_address
from app.people.persons import find_or_create_person

A_DAY = timedelta(days=1)


def too_large(inbound: InboundEmail) -> bool:
    """Whether only the headers of this mail are here."""
    return inbound.size > LARGEST


def refuse_too_large(inbound: InboundEmail, mail: Incoming) -> None:
    """Keep the headers, and tell the sender, unless that could hit somebody who has not written it."""
    conclude(inbound, Outcome.QUARANTINED, "too_large")
    if mail.sender and takes_address(mail.sender) and _may_be_told(inbound, mail):
        person = find_or_create_person(mail.sender, mail.sender_name)
        queue_notice(MailPurpose.TOO_LARGE, person, about=inbound, case=None)


def _may_be_told(inbound: InboundEmail, mail: Incoming) -> bool:
    return not inbound.robot and vouched_for(mail) is not False and not _told_today(mail.sender or "")


def _told_today(address: str) -> bool:
    query = (
        select(OutboundEmail.id)
        .join(InboundEmail, InboundEmail.id == OutboundEmail.inbound_id)
        .where(InboundEmail.sender == address, OutboundEmail.purpose == MailPurpose.TOO_LARGE)
        .where(OutboundEmail.created_at > now() - A_DAY)
    )
    return db.session.scalar(query.limit(1)) is not None
