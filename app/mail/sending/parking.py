"""Mail of a case that is spam or in the trash: what somebody wrote waits until that is taken back.

What Casey alone would have said, such as a confirmation, is not sent at all: it would answer spam, or come too late.
"""

import sqlalchemy as sa

from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.mail.models import UNSENT, Delivery, MailPurpose, OutboundEmail
from app.mail.sending.outbox import withdraw
from app.queue import enqueue

WORTH_KEEPING = (MailPurpose.MESSAGE, MailPurpose.COPY, MailPurpose.INVITATION)
NOT_SENT = "This case has been marked as spam or put into the trash."
PARKED = "Waits, since this case has been marked as spam or put into the trash."


def park_mail(case: Case) -> None:
    """Let nothing leave that still waits of a discarded case."""
    _park(OutboundEmail.case_id == case.id)


def park_if_discarded(outbound_id: int, case_id: int) -> bool:
    """The same of one mail that was claimed, because it was being sent when its case was discarded."""
    case = db.session.get_one(Case, case_id)
    if not case.discarded:
        return False
    db.session.refresh(case, with_for_update=True)  # whoever takes it back now finds the mail parked
    if case.discarded:
        mail = OutboundEmail.id == outbound_id
        db.session.execute(sa.update(OutboundEmail).where(mail).values(status=Delivery.QUEUED, claimed_by=None))
        _park(mail)
    return case.discarded


def _park(which: sa.ColumnElement[bool]) -> None:
    kept = OutboundEmail.purpose.in_(WORTH_KEEPING)
    withdraw(NOT_SENT, which, ~kept)
    waiting = sa.update(OutboundEmail).where(which, kept, OutboundEmail.status.in_(UNSENT))
    db.session.execute(waiting.values(status=Delivery.PARKED, answer=PARKED))


def release_mail(case: Case) -> None:
    """The case is in play again: what was parked leaves now, under the Message-IDs it has had all the time."""
    if case.discarded:
        return
    parked = sa.update(OutboundEmail).where(OutboundEmail.case_id == case.id, OutboundEmail.status == Delivery.PARKED)
    freed = parked.values(status=Delivery.QUEUED, next_at=now(), answer=None).returning(OutboundEmail.id)
    for outbound_id in sorted(db.session.scalars(freed)):
        enqueue("mail.send_outbound", outbound_id)
