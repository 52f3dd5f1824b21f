"""The thread a mail belongs to, in the eyes of its reader: only ids that he has seen himself."""

from collections.abc import Iterator
from operator import itemgetter

from sqlalchemy import select

from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail
from app.mail.tokens import anchor_id

REMEMBERED = 8
LONGEST_ID = 250


def thread_headers(outbound: OutboundEmail) -> dict[str, str]:
    """In-Reply-To and References from what this person has seen of the case; none where there is no case."""
    if outbound.case_id is None:
        return {}
    seen = list(_seen(outbound))
    answered = {"In-Reply-To": seen[-1]} if seen else {}
    return {**answered, "References": " ".join([anchor_id(outbound.case_id, outbound.person_id), *seen])}


def _seen(outbound: OutboundEmail) -> Iterator[str]:
    """The ids of the last mails on this case that this person got from us or sent to us, oldest first."""
    got = db.session.execute(
        select(OutboundEmail.created_at, OutboundEmail.message_id, OutboundEmail.relay_message_id)
        .where(OutboundEmail.case_id == outbound.case_id, OutboundEmail.person_id == outbound.person_id)
        .where(OutboundEmail.id < outbound.id)
        .order_by(OutboundEmail.id.desc())
        .limit(REMEMBERED)
    ).all()
    sent = db.session.execute(
        select(InboundEmail.created_at, InboundEmail.message_id)
        .where(InboundEmail.case_id == outbound.case_id, InboundEmail.person_id == outbound.person_id)
        .where(InboundEmail.created_at < outbound.created_at)
        .order_by(InboundEmail.id.desc())
        .limit(REMEMBERED)
    ).all()
    ours = [(at, id) for at, *both in got for id in both if id]  # the one a relay gave stands behind our own
    theirs = [(at, id) for at, id in sent]
    seen = sorted(ours + theirs, key=itemgetter(0))
    return (id for _, id in seen[-REMEMBERED:] if len(id) < LONGEST_ID and id.startswith("<"))
