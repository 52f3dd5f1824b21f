"""The thread a mail belongs to, in the eyes of its reader: only ids that he has seen himself."""

import re
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter

from sqlalchemy import bindparam, or_, select

from app.cases.models import Post
from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail, Outcome, Rejection
from app.mail.sending.checking.intact import WORD
from app.mail.sending.checking.leaks import leaks
from app.mail.tokens import anchor_id

REMEMBERED = 8
# No sign in it may mean anything to whoever writes or reads a header. Ids that are longer get broken by other programs.
PLAIN_ID = re.compile(r"<[!-;=?-~]{1,250}>")

SeenAt = tuple[datetime, str]

# Both are put together once, since they are asked for every mail.
GOT = (
    select(OutboundEmail.created_at, OutboundEmail.message_id, OutboundEmail.relay_message_id)
    .where(OutboundEmail.case_id == bindparam("case_id"), OutboundEmail.person_id == bindparam("person_id"))
    .where(OutboundEmail.id < bindparam("id"), OutboundEmail.rejection.is_distinct_from(Rejection.DROPPED))
    .order_by(OutboundEmail.id.desc())
    .limit(REMEMBERED)
)
CERTAIN = or_(Post.verified, InboundEmail.outcome == Outcome.OPENED, InboundEmail.post_id.is_(None))
SENT = (
    select(InboundEmail.created_at, InboundEmail.message_id)
    .outerjoin(InboundEmail.post)
    .where(InboundEmail.case_id == bindparam("case_id"), InboundEmail.person_id == bindparam("person_id"))
    .where(InboundEmail.created_at < bindparam("before"), CERTAIN)
    .order_by(InboundEmail.id.desc())
    .limit(REMEMBERED)
)


def thread_headers(outbound: OutboundEmail) -> dict[str, str]:
    """In-Reply-To and References from what this person has seen of the case; none where there is no case."""
    if outbound.case_id is None:
        return {}
    seen = _seen(outbound)
    answered = {"In-Reply-To": seen[-1]} if seen else {}
    return {**answered, "References": " ".join([anchor_id(outbound.case_id, outbound.person_id), *seen])}


def _seen(outbound: OutboundEmail) -> list[str]:
    """The ids of the last mails on this case that this person got from us or sent to us, oldest first."""
    seen = sorted([*_got(outbound), *_sent(outbound)], key=itemgetter(0))
    plain = [id for _, id in seen if PLAIN_ID.fullmatch(id) and WORD not in id]
    return _shown([*dict.fromkeys(plain)][-REMEMBERED:], outbound)


def _got(outbound: OutboundEmail) -> Iterator[SeenAt]:
    asked = {"case_id": outbound.case_id, "person_id": outbound.person_id, "id": outbound.id}
    got = db.session.execute(GOT, asked)
    return ((at, id) for at, *both in got for id in both if id)  # the one a relay gave stands behind our own


def _sent(outbound: OutboundEmail) -> Iterator[SeenAt]:
    """What is certainly his own; and what opened the case, since whoever forges that has no answers to spoil but his.

    A mail that ordered something and left no post was proven to be his.
    """
    asked = {"case_id": outbound.case_id, "person_id": outbound.person_id, "before": outbound.created_at}
    return ((at, id) for at, id in db.session.execute(SENT, asked))


def _shown(ids: list[str], outbound: OutboundEmail) -> list[str]:
    """Without those that the last look at the mail would hold it for."""

    def held(*some: str) -> bool:
        headers = f"References: {' '.join(some)}\r\n\r\n".encode()
        return bool(leaks(headers, reader=outbound.person, case=outbound.case))

    return [id for id in ids if not held(id)] if held(*ids) else ids
