"""How the mails of messages fared, recipient by recipient: whom each reached, and whom not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from app.cases.models import Post
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail
from app.mail.sending.deliveries import AGAIN
from app.mail.sending.outbox import RELAYED
from app.people.models import Person


@dataclass
class Reception:
    """Of one message: the names of its readers by how far its mail to each got, and the mails to be sent again.

    Of such a mail there are its ``uuid``, ``status`` and ``answer``, and the ``name`` of whom it is for.
    """

    fared: dict[Delivery, list[str]] = field(default_factory=dict)
    failed: list[Row[*tuple[Any, ...]]] = field(default_factory=list)


def reception_of(posts: Sequence[Post]) -> Mapping[int, Reception]:
    """The same of each of these that was mailed to somebody, by their ids, asked for all of them at once."""
    mail = OutboundEmail
    query = (
        select(mail.post_id, mail.uuid, mail.status, mail.answer, Person.name)
        .join(Person, Person.id == mail.person_id)
        .where(mail.post_id.in_([one.id for one in posts]), mail.purpose.in_(RELAYED))
        .order_by(mail.id)
    )
    found: dict[int, Reception] = {}
    for row in db.session.execute(query):
        one = found.setdefault(row.post_id, Reception())
        if row.status in AGAIN:
            one.failed.append(row)
        else:
            one.fared.setdefault(row.status, []).append(row.name)
    return found
