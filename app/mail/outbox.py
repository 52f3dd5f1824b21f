"""What has to be mailed to whom: one row per (post, recipient). Only rows are written here; sending is a job's."""

from datetime import timedelta

from sqlalchemy import func, select

from app.cases.models import Case, Post
from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.models import Delivery, MailPurpose, OutboundEmail
from app.mail.tokens import new_message_id
from app.people.models import Person
from app.queue import enqueue

CONFIRMATIONS_AN_HOUR = 3
CONFIRMATIONS_A_DAY = 10
# New, deferred, or left behind by a dead worker.
WAITING = (Delivery.QUEUED, Delivery.DEFERRED, Delivery.SENDING)


def queue_mail(case: Case, post: Post, to: Person, purpose: MailPurpose) -> OutboundEmail | None:
    """Note that a post must be mailed to a person; nothing when mail is off or the person has no address."""
    address = to.email
    if not settings().mail_enable or address is None or not to.active:
        return None
    if purpose is MailPurpose.CONFIRMATION and _asked_too_often(address):
        return None
    outbound = OutboundEmail(
        case_id=case.id,
        post_id=post.id,
        person_id=to.id,
        purpose=purpose,
        address=address,
        message_id=new_message_id(case.id, to.id),
    )
    db.session.add(outbound)
    db.session.flush()
    enqueue("mail.send_outbound", outbound.id)
    return outbound


def _asked_too_often(address: str) -> bool:
    """Whether this address got so many requests to confirm that a stranger may be flooding it through us."""
    return (
        _confirmations(address, timedelta(hours=1)) >= CONFIRMATIONS_AN_HOUR
        or _confirmations(address, timedelta(days=1)) >= CONFIRMATIONS_A_DAY
    )


def _confirmations(address: str, within: timedelta) -> int:
    query = select(func.count()).where(
        OutboundEmail.address == address,
        OutboundEmail.purpose == MailPurpose.CONFIRMATION,
        OutboundEmail.created_at > now() - within,
    )
    return db.session.scalar(query) or 0


def due_outbound(limit: int) -> list[int]:
    """The ids of mails that want to be sent now, oldest first; none while mail is off."""
    if not settings().mail_enable:
        return []
    query = (
        select(OutboundEmail.id)
        .where(OutboundEmail.status.in_(WAITING), OutboundEmail.next_at <= now())
        .order_by(OutboundEmail.next_at)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def unfinished() -> int:
    """How many mails are still to be sent."""
    return db.session.scalar(select(func.count()).where(OutboundEmail.status.in_(WAITING))) or 0
