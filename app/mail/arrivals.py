"""How far messages got to those they were written for."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.cases.models import Case, Post
from app.extensions import db
from app.mail.models import Delivery, MailPurpose, OutboundEmail


def arrivals(messages: Collection[int]) -> Mapping[int | None, Delivery]:
    """By the ids of the messages that were mailed: how far the mail to whose case it is got, or to the first other."""
    query = (
        select(OutboundEmail.post_id, OutboundEmail.status)
        .join(Post, Post.id == OutboundEmail.post_id)
        .join(Case, Case.id == Post.case_id)
        .where(OutboundEmail.post_id.in_(messages), OutboundEmail.purpose == MailPurpose.MESSAGE)
        .order_by((OutboundEmail.person_id == Case.requester_id).desc(), OutboundEmail.id)
    )
    found: dict[int | None, Delivery] = {}
    for post_id, status in db.session.execute(query) if messages else ():
        found.setdefault(post_id, status)
    return found
