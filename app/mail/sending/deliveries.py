"""Single mails of ours: finding one, sending it again, and noting that it arrived."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.clock import now
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.outbox import RELAYED, UNWANTED
from app.mail.sending.suppression import lift_suppression
from app.people.models import Person
from app.queue import enqueue

AGAIN = (Delivery.REJECTED, Delivery.HELD, Delivery.DEFERRED)
DISCARDED = "The case of this mail is spam or in the trash; take it out of there first."
NOT_AGAIN = {
    Delivery.QUEUED: "This mail waits to be sent already.",
    Delivery.SENDING: "This mail is being sent at this moment.",
    Delivery.SENT: "This mail has been sent; only one that failed can be sent again.",
    Delivery.DELIVERED: "This mail has arrived; only one that failed can be sent again.",
    Delivery.PARKED: DISCARDED,
}


def delivery_by_uuid(uuid: UUID) -> OutboundEmail:
    """Raises NotFound."""
    outbound = db.session.scalar(select(OutboundEmail).where(OutboundEmail.uuid == uuid))
    if outbound is None:
        raise NotFound("There is no such delivery.")
    return outbound


def delivery_for_change(uuid: UUID) -> OutboundEmail:
    """The same; nobody else changes it before this transaction ends. Raises NotFound."""
    outbound = delivery_by_uuid(uuid)
    db.session.refresh(outbound, with_for_update=True)
    return outbound


def stuck_page(status: Delivery, *, before: int | None, limit: int) -> list[OutboundEmail]:
    """Mails of which this has become, from the newest back, from the one behind the id ``before`` on."""
    query = select(OutboundEmail).where(OutboundEmail.status == status).order_by(OutboundEmail.id.desc()).limit(limit)
    if before is not None:
        query = query.where(OutboundEmail.id < before)
    told = (joinedload(OutboundEmail.person), joinedload(OutboundEmail.case), joinedload(OutboundEmail.post))
    return list(db.session.scalars(query.options(*told)))


def delivery_of(case: Case, uuid: UUID) -> OutboundEmail:
    """The same of a mail of this case. Raises NotFound, for those of other cases too."""
    outbound = delivery_for_change(uuid)
    if outbound.case_id != case.id:
        raise NotFound("There is no such delivery.")
    return outbound


def latest_deliveries(case: Case) -> dict[int, OutboundEmail]:
    """The latest mail of a case to each person, by the person's id."""
    latest = select(func.max(OutboundEmail.id)).where(OutboundEmail.case_id == case.id)
    query = select(OutboundEmail).where(OutboundEmail.id.in_(latest.group_by(OutboundEmail.person_id)))
    return {one.person_id: one for one in db.session.scalars(query)}


def failed_deliveries(case: Case, limit: int = 20) -> list[OutboundEmail]:
    """The latest mails of a case that can be sent again, the newest first, with whom they were for."""
    failed = OutboundEmail.case_id == case.id, OutboundEmail.status.in_(AGAIN)
    query = select(OutboundEmail).where(*failed).order_by(OutboundEmail.id.desc()).limit(limit)
    return list(db.session.scalars(query.options(joinedload(OutboundEmail.person))))


def retry(outbound: OutboundEmail, *, by: Person | None) -> None:
    """Send a mail that failed once more, from the first try on, under the same Message-ID. Raises Conflict.

    Whoever asks for it knows better than two mails that came back: the address is written to again.
    """
    if outbound.status not in AGAIN:
        raise Conflict(NOT_AGAIN[outbound.status])
    if outbound.case and outbound.case.discarded:
        raise Conflict(DISCARDED)
    if outbound.post and not outbound.post.mailed and outbound.purpose in RELAYED:
        raise Conflict(UNWANTED)
    if not outbound.person.active or _taken_out(outbound):
        raise Conflict("This person is not written to any more.")
    lift_suppression(outbound.address, by=by)
    outbound.status, outbound.attempts, outbound.deaths, outbound.next_at = Delivery.QUEUED, 0, 0, now()
    outbound.rejection = outbound.answer = outbound.claimed_by = None
    outbound.sent_at = outbound.delivered_at = outbound.rejected_at = None
    _record(outbound, "delivery_retried", by=by)
    enqueue("mail.send_outbound", outbound.id)


def _taken_out(outbound: OutboundEmail) -> bool:
    inside = outbound.case.participants if outbound.case else []
    return any(one.removed_at for one in inside if one.person_id == outbound.person_id)


def confirm_arrival(outbound: OutboundEmail, *, by: Person | None) -> None:
    """Somebody who knows it says that a sent mail has arrived. Saying so again changes nothing. Raises Conflict."""
    if outbound.status not in (Delivery.SENT, Delivery.DELIVERED):
        raise Conflict(f"This mail is {outbound.status}; only one that was sent can have arrived.")
    arrive(outbound, by=by)


def arrive(outbound: OutboundEmail, *, by: Person | None) -> None:
    """A mail has arrived, so that its address works."""
    if outbound.status is not Delivery.DELIVERED:
        outbound.status, outbound.delivered_at, outbound.rejection = Delivery.DELIVERED, now(), None
        lift_suppression(outbound.address, by=by)
        _record(outbound, "delivery_confirmed", by=by)


def _record(outbound: OutboundEmail, name: str, *, by: Person | None) -> None:
    new = {"delivery": outbound.id, "person": outbound.person_id}
    record(outbound.case or outbound.person, name, by=by, new=new)
