"""What has to be mailed to whom: one row per (post, recipient). Only rows are written here; sending is a job's."""

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import selectinload

from app.cases.models import Case, Post
from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.models import UNSENT, Delivery, InboundEmail, MailPurpose, OutboundEmail, Rejection
from app.mail.sending.delivering.server_rest import resting
from app.mail.sending.pacing import next_turn, pace_of, worth_sending
from app.mail.sending.suppression import drop, suppressed
from app.mail.sending.wishes import wanted
from app.mail.tokens import new_message_id
from app.people.models import Person, Role
from app.queue import enqueue

# New, deferred, or left behind by a dead worker.
WAITING = (Delivery.QUEUED, Delivery.DEFERRED, Delivery.SENDING)

# How a message itself reaches its readers.
RELAYED = (MailPurpose.MESSAGE, MailPurpose.COPY)
UNWANTED = "Not sent: this message was posted to be mailed to nobody."

NOTED = (
    select(OutboundEmail.id)
    .where(OutboundEmail.post_id == bindparam("post_id"), OutboundEmail.person_id == bindparam("person_id"))
    .where(OutboundEmail.purpose == bindparam("purpose"))
    .execution_options(autoflush=False)  # whatever is noted stands in the database already
)


def queue_mail(case: Case, post: Post, to: Person, purpose: MailPurpose) -> OutboundEmail | None:
    """Note that a post must be mailed to a person, at once or when its turn comes; or why it is not.

    Nothing when mail is off, the person has no address, may not be written to or does not want it, or it is noted
    already.
    """
    address = to.email
    if not settings().mail_enable or address is None or not to.active:
        return None
    if not wanted(purpose, post, to) or _noted(post, to, purpose):
        return None
    pace = pace_of(purpose, address, channel=post.channel)
    turn = next_turn(pace) if pace else now()
    if not worth_sending(purpose, turn):
        return None
    outbound = OutboundEmail(
        case_id=case.id,
        post_id=post.id,
        person_id=to.id,
        purpose=purpose,
        address=address,
        message_id=new_message_id(case.id, to.id),
        next_at=turn,
        paced_as=pace,
        paced_at=turn,
    )
    return _written(outbound, to, unwanted=not post.mailed and purpose in RELAYED)


def queue_notice(
    purpose: MailPurpose, to: Person, *, about: InboundEmail, case: Case | None, **details: object
) -> OutboundEmail | None:
    """Note that a person must be told something about a received mail, at most once each.

    ``details`` fill the template of the purpose, as JSON. Nothing when mail is off, the person has no address or may
    not be written to, or was told already.
    """
    known = select(OutboundEmail.id).where(OutboundEmail.inbound_id == about.id, OutboundEmail.person_id == to.id)
    told = db.session.scalar(known.where(OutboundEmail.purpose == purpose)) is not None
    if not settings().mail_enable or to.email is None or not to.active or told:
        return None
    outbound = OutboundEmail(
        case_id=case.id if case else None,
        inbound_id=about.id,
        person_id=to.id,
        purpose=purpose,
        address=to.email,
        message_id=new_message_id(case.id if case else 0, to.id),
        details=details,
    )
    return _written(outbound, to)


def queue_about_case(purpose: MailPurpose, case: Case, to: Person) -> OutboundEmail | None:
    """Note that a person must be mailed something about a case, and about no post of it.

    Nothing for the same reasons, and when it would come too late after all that he was mailed lately.
    """
    if not settings().mail_enable or to.email is None or not to.active:
        return None
    pace = pace_of(purpose, to.email, channel="portal")
    turn = next_turn(pace) if pace else now()
    if not worth_sending(purpose, turn):
        return None
    outbound = OutboundEmail(
        case_id=case.id,
        person_id=to.id,
        purpose=purpose,
        address=to.email,
        message_id=new_message_id(case.id, to.id),
        next_at=turn,
        paced_as=pace,
        paced_at=turn,
    )
    return _written(outbound, to)


def mailed_once(purpose: MailPurpose, case: Case, to: Person) -> bool:
    """Whether a person has been mailed this about the case, or is going to be."""
    query = select(OutboundEmail.id).where(OutboundEmail.case_id == case.id, OutboundEmail.person_id == to.id)
    return db.session.scalar(query.where(OutboundEmail.purpose == purpose).limit(1)) is not None


def queue_news(purpose: MailPurpose, to: Person, **details: object) -> OutboundEmail | None:
    """Note that a person must be told something about Casey itself, each time it is said.

    ``details`` fill the template, as with ``queue_notice``; nothing for the same reasons.
    """
    if not settings().mail_enable or to.email is None or not to.active:
        return None
    message_id = new_message_id(0, to.id)
    return _written(
        OutboundEmail(person_id=to.id, purpose=purpose, address=to.email, message_id=message_id, details=details), to
    )


def _written(outbound: OutboundEmail, to: Person, *, unwanted: bool = False) -> OutboundEmail:
    """What is not wanted, and what would come back, is written down too, so that it is seen; but it is not sent."""
    if unwanted:
        drop(outbound, UNWANTED)
    elif suppressed(to):
        drop(outbound)
    db.session.add(outbound)
    db.session.flush()
    if outbound.status is Delivery.QUEUED and outbound.next_at <= now():
        enqueue("mail.send_outbound", outbound.id)
    return outbound


def _noted(post: Post, to: Person, purpose: MailPurpose) -> bool:
    asked = {"post_id": post.id, "person_id": to.id, "purpose": purpose}
    return db.session.scalar(NOTED, asked) is not None


def withdraw_mail(person_id: int, why: str, *, case: Case | None = None) -> None:
    """Do not send what still waits for a person, of one case or of all."""
    of_case = OutboundEmail.case_id == case.id if case else sa.true()
    withdraw(why, OutboundEmail.person_id == person_id, of_case)


def withdraw_mail_of_customers(organization_id: int, why: str) -> None:
    """Do not send what still waits for the customers of an organization."""
    theirs = select(Person.id).where(Person.organization_id == organization_id, Person.role == Role.CUSTOMER)
    withdraw(why, OutboundEmail.person_id.in_(theirs))


def withdraw_mail_of_post(post_id: int, why: str) -> None:
    """Do not send what still waits of a post. What is being sent at this moment is asked once more before it leaves."""
    withdraw(why, OutboundEmail.post_id == post_id)


def withdraw(why: str, *which: sa.ColumnElement[bool]) -> None:
    """Do not send what still waits of these mails."""
    waiting = OutboundEmail.status.in_(UNSENT)
    dropped = {"status": Delivery.REJECTED, "rejection": Rejection.DROPPED, "rejected_at": now(), "answer": why}
    db.session.execute(sa.update(OutboundEmail).where(waiting, *which).values(dropped))


def deliveries_of(case: Case, *, after: int, limit: int) -> list[OutboundEmail]:
    """The mails that a case has caused, in the order of their ids."""
    query = (
        select(OutboundEmail)
        .where(OutboundEmail.case_id == case.id, OutboundEmail.id > after)
        .order_by(OutboundEmail.id)
        .limit(limit)
        .options(selectinload(OutboundEmail.person), selectinload(OutboundEmail.post))
    )
    return list(db.session.scalars(query))


def due_outbound(limit: int) -> list[int]:
    """The ids of mails that want to be sent now, oldest first; none while mail is off or the server rests."""
    if not settings().mail_enable or resting():
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
