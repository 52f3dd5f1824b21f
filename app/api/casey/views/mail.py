"""Mail that was received, and mail that was sent."""

from marshmallow import INCLUDE, fields

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_part,
    a_text,
    a_uuid,
    a_word,
    many,
    moment,
)
from app.mail.deciding.foreseeing import Foreseen
from app.mail.models import Delivery, InboundEmail, MailPurpose, OutboundEmail, Outcome, Rejection
from app.mail.sending.outbox import WAITING


class Decision(Shape):
    """A rule that was asked about a mail, or a step that was taken."""

    rule = a_text()
    hit = a_flag()
    detail = a_text(null=True)


class InboundAnswer(Shape):
    """A received mail and what became of it."""

    uuid = a_uuid()
    message_id = a_text()
    sender = fields.String(required=True, allow_none=True, data_key="from")
    name = a_text(null=True)
    subject = a_text(null=True)
    size = a_number(help="In bytes.")
    received_at = a_moment()
    outcome = a_word(Outcome, null=True)
    reason = a_text(null=True)
    robot = a_flag()
    case = a_uuid(null=True)
    message = a_uuid(null=True)
    attempts = a_number()
    decisions = many(Decision, null=True)


def inbound_view(inbound: InboundEmail) -> Json:
    """A received mail and what became of it; the outcome is null until that is decided."""
    return {
        "uuid": str(inbound.uuid),
        "message_id": inbound.message_id,
        "from": inbound.sender,
        "name": inbound.sender_name,
        "subject": inbound.subject,
        "size": inbound.size,
        "received_at": moment(inbound.received_at),
        "outcome": inbound.outcome,
        "reason": inbound.reason,
        "robot": inbound.robot,
        "case": str(inbound.case.uuid) if inbound.case else None,
        "message": str(inbound.post.uuid) if inbound.post else None,
        "attempts": inbound.attempts,
        "decisions": inbound.decisions,
    }


class ForeseenAnswer(Shape):
    """What would be decided about a mail."""

    outcome = a_word(Outcome, null=True)
    reason = a_text(null=True)
    robot = a_flag()
    case = a_text(null=True)
    decisions = many(Decision, null=True)


def foreseen_view(foreseen: Foreseen) -> Json:
    """What would be decided about a mail."""
    return {
        "outcome": foreseen.outcome,
        "reason": foreseen.reason,
        "robot": foreseen.robot,
        "case": foreseen.case,
        "decisions": foreseen.decisions,
    }


class Replayed(ForeseenAnswer):
    """Without a dry run, the mail; with one, what would be decided about it."""

    class Meta:
        unknown = INCLUDE


class DeliveryAnswer(Shape):
    """A mail to one reader of a message, and how far it got."""

    uuid = a_uuid()
    purpose = a_word(MailPurpose)
    message = a_uuid(null=True)
    to = a_part(PersonBrief)
    status = a_word(Delivery)
    attempts = a_number()
    rejection = a_word(Rejection, null=True)
    answer = a_text(null=True, help="The other server's own words.")
    next_at = a_moment(null=True)
    sent_at = a_moment(null=True)
    delivered_at = a_moment(null=True)
    created_at = a_moment()


def delivery_view(outbound: OutboundEmail) -> Json:
    """A mail to one reader of a message, and how far it got."""
    return {
        "uuid": str(outbound.uuid),
        "purpose": outbound.purpose,
        "message": str(outbound.post.uuid) if outbound.post else None,
        "to": {**(person_brief(outbound.person) or {}), "email": outbound.address},
        "status": outbound.status,
        "attempts": outbound.attempts,
        "rejection": outbound.rejection,
        "answer": outbound.answer,
        "next_at": moment(outbound.next_at) if outbound.status in WAITING else None,
        "sent_at": moment(outbound.sent_at),
        "delivered_at": moment(outbound.delivered_at),
        "created_at": moment(outbound.created_at),
    }
