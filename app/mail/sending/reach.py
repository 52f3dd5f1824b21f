"""How far a post has got: sent, arrived, refused, or seen. Of its mails one counts: that to whose case it is, else the
first to a customer.

What somebody tells us of it stands on the post. That it was seen is never said of what was refused.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from app.cases.models import Case, Post
from app.clock import now
from app.events import record
from app.extensions import db
from app.mail.models import Delivery, MailPurpose, OutboundEmail, Rejection
from app.mail.sending.deliveries import arrive
from app.people.models import Person, Role


class Reached(StrEnum):
    """How far."""

    SENT = "sent"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    SEEN = "seen"


@dataclass(frozen=True)
class Reach:
    """How far a post has got, since when, and why it was refused, in the words of the server that did so."""

    reached: Reached
    at: datetime
    mailed: bool = False
    rejection: Rejection | None = None
    words: str | None = None


def reach_of(posts: Sequence[Post]) -> Mapping[int, Reach]:
    """How far each of these has got, by their ids, asked for all of them at once."""
    return reach_numbered([one.id for one in posts])


def reach_numbered(ids: Collection[int]) -> Mapping[int, Reach]:
    """The same of posts with these ids."""
    rows = db.session.execute(_reached(), {"posts": [*ids]}) if ids else ()
    return {row.id: _reach(row) for row in rows}


@cache
def _reached() -> sa.Select[*tuple[Any, ...]]:
    """Put together once, since every page of a list asks for it."""
    these, mail = Post.id.in_(sa.bindparam("posts", expanding=True)), OutboundEmail
    counting = sa.and_(mail.post_id == Post.id, mail.id.in_(_counting(these)))
    told = (*(mail.status, mail.rejection, mail.answer, mail.sent_at, mail.delivered_at, mail.rejected_at),)
    query = select(Post.id, Post.seen_at, Post.arrived_at, Post.created_at, mail.created_at.label("mailed_at"), *told)
    return query.outerjoin(mail, counting).where(these)


def _counting(*which: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    """The ids of the mails that count, one for each of these posts."""
    of_requester = sa.case((OutboundEmail.person_id == Case.requester_id, 0), else_=1)
    place = func.row_number().over(partition_by=OutboundEmail.post_id, order_by=(of_requester, OutboundEmail.id))
    to_customers = sa.or_(Person.role == Role.CUSTOMER, OutboundEmail.person_id == Case.requester_id)
    found = (
        select(OutboundEmail.id, place.label("place"))
        .join(Post, Post.id == OutboundEmail.post_id)
        .join(Case, Case.id == Post.case_id)
        .join(Person, Person.id == OutboundEmail.person_id)
        .where(OutboundEmail.purpose == MailPurpose.MESSAGE, Post.mailed.is_(True), to_customers, *which)
        .subquery()
    )
    return select(found.c.id).where(found.c.place == 1)


def _reach(post: sa.Row[*tuple[Any, ...]]) -> Reach:
    """Of a row of a post and the mail of it that counts, if there is one."""
    mailed = post.mailed_at is not None
    if post.status is Delivery.REJECTED:
        at = post.rejected_at or post.sent_at or post.mailed_at
        return Reach(Reached.REJECTED, at, mailed=True, rejection=post.rejection, words=post.answer)
    if post.seen_at:
        return Reach(Reached.SEEN, post.seen_at, mailed=mailed)
    if post.delivered_at or post.arrived_at:
        return Reach(Reached.DELIVERED, post.delivered_at or post.arrived_at, mailed=mailed)
    return Reach(Reached.SENT, post.sent_at or post.created_at, mailed=mailed)


def mark_arrived(post: Post, *, by: Person | None) -> None:
    """Note that a post has arrived, and with it its mail. What has, was seen or refused stays as it is."""
    if reach_of([post])[post.id].reached is not Reached.SENT:
        return
    mail = db.session.scalar(select(OutboundEmail).where(OutboundEmail.id.in_(_counting(Post.id == post.id))))
    post.arrived_at = now()
    if mail and mail.status is Delivery.SENT:
        arrive(mail, by=by)
    else:
        record(post.case, "post_delivered", by=by, new={"post": post.id})


def mark_seen(post: Post, *, by: Person | None) -> None:
    """Note that a post was seen, and with it all that stands before it on its case. What was refused stays so."""
    _see(post, Post.id <= post.id, by=by)


def mark_seen_before(post: Post, *, by: Person | None) -> None:
    """The same of all that stands before a post, but not of itself."""
    _see(post, Post.id < post.id, by=by)


def _see(post: Post, which: sa.ColumnElement[bool], *, by: Person | None) -> None:
    here = Post.case_id == post.case_id, which, Post.deleted_at.is_(None), Post.send_at.is_(None)
    refused = select(OutboundEmail.post_id).where(
        OutboundEmail.id.in_(_counting(*here)),
        OutboundEmail.status == Delivery.REJECTED,
        OutboundEmail.post_id.is_not(None),
    )
    unseen = sa.update(Post).where(*here, Post.seen_at.is_(None), Post.id.not_in(refused)).values(seen_at=now())
    if db.session.scalars(unseen.returning(Post.id)).all():
        record(post.case, "posts_seen", by=by, new={"post": post.id})
