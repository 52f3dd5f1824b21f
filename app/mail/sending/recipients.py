"""To whom posts were mailed. Everybody gets a mail of his own, so that none of these stands in another one's mail."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select

from app.cases.models import Post
from app.extensions import db
from app.mail.models import MailPurpose, OutboundEmail, Rejection
from app.people.models import Identity, IdentityKind, Person, Role

# What carries a post to others than its author.
TELLING = (MailPurpose.MESSAGE, MailPurpose.INVITATION)


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom a post was mailed, or will be, and where; ``identity`` is that address, if it still is his.

    The post is ``for_him`` if it was written to him: by the team to whose case it is, or by a customer to the team.
    """

    id: int
    name: str
    address: str
    identity: Identity | None
    for_him: bool
    at: datetime


def recipients_of(posts: Sequence[Post]) -> Mapping[int, Sequence[Recipient]]:
    """The recipients of each of these, by their ids, asked for all of them at once. What was not to leave is none."""
    by_id, found = {one.id: one for one in posts}, defaultdict[int, list[Recipient]](list)
    for mail, name, role, identity in db.session.execute(_mailed(by_id)) if posts else ():
        for_him = _for_him(by_id[mail.post_id], mail.person_id, role)
        found[mail.post_id].append(Recipient(mail.id, name, mail.address, identity, for_him, mail.created_at))
    return found


def _for_him(post: Post, person_id: int, role: Role) -> bool:
    return person_id == post.case.requester_id if post.author.team else role is not Role.CUSTOMER


def _mailed(post_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """The mails that told of these posts, each with its reader and the identity that it went to."""
    left = sa.or_(OutboundEmail.rejection.is_(None), OutboundEmail.rejection != Rejection.DROPPED)
    his = sa.and_(
        Identity.person_id == OutboundEmail.person_id,
        Identity.kind == IdentityKind.EMAIL,
        Identity.value == OutboundEmail.address,
    )
    return (
        select(OutboundEmail, Person.name, Person.role, Identity)
        .join(Person, Person.id == OutboundEmail.person_id)
        .outerjoin(Identity, his)
        .where(OutboundEmail.post_id.in_(post_ids), OutboundEmail.purpose.in_(TELLING), left)
        .order_by(OutboundEmail.id)
    )
