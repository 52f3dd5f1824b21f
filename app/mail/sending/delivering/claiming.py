"""Claiming a mail for sending: one process has it, for as long as sending may take."""

import time

import sqlalchemy as sa
from sqlalchemy import bindparam, exists, or_

from app.cases.links import link_between
from app.cases.models import DISCARDED, Case
from app.cases.queries import in_state
from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.mailboxes import process_name
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.composing.wording import link_purpose
from app.mail.sending.delivering.outcomes import Claim
from app.mail.sending.delivering.server_rest import ServerRest
from app.mail.sending.outbox import WAITING
from app.mail.sending.parking import park_if_discarded

MOST_DEATHS = 5
# In times of mailSendTimeout: how long a claim holds, and how much of that is for making a mail and handing it over.
LEASE, USABLE = 4 / 3, 5 / 4

# Put together once, since every mail is claimed.
CLAIM = (
    sa.update(OutboundEmail)
    .where(OutboundEmail.id == bindparam("mail"), OutboundEmail.next_at <= bindparam("moment"))
    .where(OutboundEmail.status.in_(WAITING), ~exists().where(ServerRest.until > bindparam("moment")))
    .values(
        status=Delivery.SENDING,
        claimed_by=bindparam("owner"),
        attempts=OutboundEmail.attempts + 1,
        deaths=OutboundEmail.deaths + sa.case((OutboundEmail.status == Delivery.SENDING, 1), else_=0),
        next_at=bindparam("until"),
    )
    .returning(
        OutboundEmail.attempts,
        OutboundEmail.deaths,
        OutboundEmail.case_id,
        OutboundEmail.person_id,
        OutboundEmail.purpose,
        exists(ServerRest.name).label("server_in_trouble"),
        exists().where(Case.id == OutboundEmail.case_id, or_(*map(in_state, DISCARDED))).label("discarded"),
    )
    .execution_options(synchronize_session=False)
)


def claim_mail(outbound_id: int) -> Claim | None:
    """Take a mail for sending. None when it is not due, somebody else has it, mail is off, or the server rests.

    The claim is a lease: it ends by itself when this process dies, somewhat later than sending may take.
    """
    if not settings().mail_enable:
        return None
    limit, began, moment = settings().mail_send_timeout, time.monotonic(), now()
    named = {"mail": outbound_id, "moment": moment, "owner": process_name(), "until": moment + limit * LEASE}
    claimed = db.session.execute(CLAIM, named).first()
    if claimed is None:
        return None
    if claimed.deaths >= MOST_DEATHS:
        _give_up(outbound_id)
        return None
    if claimed.discarded and park_if_discarded(outbound_id, claimed.case_id):
        return None
    if claimed.case_id:
        link_between(claimed.case_id, claimed.person_id, link_purpose(claimed.purpose))  # so that composing only reads
    seconds = limit.total_seconds()
    return Claim(outbound_id, claimed.attempts, seconds, began + seconds * USABLE, claimed.server_in_trouble)


def _give_up(outbound_id: int) -> None:
    outbound = db.session.get_one(OutboundEmail, outbound_id, populate_existing=True)
    outbound.status, outbound.answer = Delivery.HELD, f"Held: whoever tried to send it died {MOST_DEATHS} times."
