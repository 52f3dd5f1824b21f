"""The mails that posts were made of, as they came."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.cases.models import Post
from app.errors import NotFound
from app.extensions import db
from app.mail.inbound import raw_of
from app.mail.models import InboundEmail
from app.mail.reading.bodies import as_html
from app.mail.reading.headers.fields import HEADERS_END
from app.mail.reading.html.quotes import without_quotes
from app.mail.reading.room import Unreadable, read
from app.text import storable

LONGEST_HEAD = 200_000


@dataclass(frozen=True)
class Original:
    """A mail: its HTML as it may be shown, the same without what is quoted, and its headers as they are written."""

    id: int
    subject: str
    sender: str
    recipients: str
    received_at: datetime
    html: str
    new_html: str
    head: str


def original_of(post: Post) -> Original:
    """The mail that a post was made of, read anew from its bytes. Raises NotFound for a post that was no mail, and for
    a mail whose bytes are not kept any more.
    """
    inbound = db.session.scalar(select(InboundEmail).where(InboundEmail.post_id == post.id))
    if inbound is None:
        raise NotFound("This post was not a mail.")
    if inbound.dropped_at is not None:
        raise NotFound("The mail of this post is not kept any more as it came.")
    raw = raw_of(inbound)
    mail = read(raw)
    if isinstance(mail, Unreadable):
        raise NotFound("The mail of this post cannot be read again.")
    return Original(
        inbound.id,
        mail.subject,
        mail.header("from"),
        mail.header("to"),
        inbound.received_at,
        mail.html or as_html(mail.text),
        without_quotes(mail.html) if mail.html else as_html(mail.answer),
        _head(raw),
    )


def _head(raw: bytes) -> str:
    """The headers as they are written, with their lines."""
    head = HEADERS_END.split(raw[:LONGEST_HEAD], 1)[0].decode("utf-8", "replace")
    return storable(head.replace("\r\n", "\n"))
