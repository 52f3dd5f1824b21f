"""Where mail that still waits goes when an address is gone, or when two persons turn out to be one.

It is sent, not withdrawn: somebody waits for an answer, and only the way to him has changed.
"""

import sqlalchemy as sa
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app.cases.models import Participant
from app.clock import now
from app.extensions import db
from app.mail.models import UNSENT, Delivery, InboundEmail, OutboundEmail, Rejection
from app.mail.sending.outbox import withdraw_mail
from app.mail.sending.suppression import NOT_SENT, suppressed
from app.people.merging import hand_over
from app.people.models import Person

SENT_ANYWAY = "Not sent: this person gets it at another address of his."
TAKEN_OUT = "This person has been removed from the case."


def readdress_mail(person: Person) -> None:
    """Send what still waits for a person to his primary address, or nowhere when mail to that comes back."""
    if suppressed(person):
        withdraw_mail(person.id, NOT_SENT)
    elif person.email:
        _change(OutboundEmail.person_id == person.id, OutboundEmail.status.in_(UNSENT), address=person.email)


def hand_over_mail(person_id: int, into: Person) -> None:
    """Let one person have had, and get, the mail of another: each only once, and nothing of a case he was taken out of.

    A mail that both had stays with who had it.
    """
    hand_over(InboundEmail.person_id, person_id, into.id)
    twice = _also_for(into.id)
    hand_over(OutboundEmail.person_id, person_id, into.id, ~twice)
    _withdraw(SENT_ANYWAY, OutboundEmail.person_id == person_id)
    left = select(Participant.case_id).where(Participant.person_id == into.id, Participant.removed_at.is_not(None))
    _withdraw(TAKEN_OUT, OutboundEmail.person_id == into.id, OutboundEmail.case_id.in_(left))
    readdress_mail(into)


def _also_for(person_id: int) -> sa.ColumnElement[bool]:
    """Whether there is the same mail to this person too."""
    other = aliased(OutboundEmail)
    same = or_(other.post_id == OutboundEmail.post_id, other.inbound_id == OutboundEmail.inbound_id)
    return (
        select(other.id)
        .where(and_(other.person_id == person_id, other.purpose == OutboundEmail.purpose, same))
        .correlate(OutboundEmail)
        .exists()
    )


def _withdraw(why: str, *which: sa.ColumnElement[bool]) -> None:
    dropped = {"status": Delivery.REJECTED, "rejection": Rejection.DROPPED, "rejected_at": now(), "answer": why}
    _change(*which, OutboundEmail.status.in_(UNSENT), **dropped)


def _change(*which: sa.ColumnElement[bool], **values: object) -> None:
    change = sa.update(OutboundEmail).where(*which).values(values)
    db.session.execute(change, execution_options={"synchronize_session": False})
