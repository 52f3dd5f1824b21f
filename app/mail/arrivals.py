"""How far messages got to those they were written for."""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select

from app.cases.models import Case, Post
from app.extensions import db
from app.mail.models import Delivery, MailPurpose, OutboundEmail
from app.people.models import Person, Role


def arrivals(messages: Collection[int]) -> Mapping[int | None, Delivery]:
    """By the ids of the messages that were mailed: how far the mail to whose case it is got, else to the first
    customer.
    """
    his = OutboundEmail.person_id == Case.requester_id
    query = (
        select(OutboundEmail.post_id, OutboundEmail.status)
        .join(Post, Post.id == OutboundEmail.post_id)
        .join(Case, Case.id == Post.case_id)
        .join(Person, Person.id == OutboundEmail.person_id)
        .where(OutboundEmail.post_id.in_(messages), OutboundEmail.purpose == MailPurpose.MESSAGE)
        .where(or_(his, Person.role == Role.CUSTOMER))
        .order_by(his.desc(), OutboundEmail.id)
    )
    found: dict[int | None, Delivery] = {}
    for post_id, status in db.session.execute(query) if messages else ():
        found.setdefault(post_id, status)
    return found
