"""Telling a team member that a file of his reached customers with all the addresses in it."""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.mail.models import InboundEmail, MailPurpose, OutboundEmail
from app.mail.sending.outbox import queue_notice


def shows_unmasked(outbound: OutboundEmail) -> bool:
    """Whether it brings a customer a file of the team that is never changed: a mail, an appointment, a contact."""
    post = outbound.post
    if post is None or outbound.person.team or not post.author.team or outbound.purpose is not MailPurpose.MESSAGE:
        return False
    return any(one.unmasked for one in post.attachments)


def warn_author(outbound: OutboundEmail) -> None:
    """Tell whoever wrote the post, once for all its readers. Only what came by mail is answered by mail."""
    post = outbound.post
    about = db.session.scalar(select(InboundEmail).where(InboundEmail.post_id == outbound.post_id)) if post else None
    if post is None or about is None:
        return
    names = [one.name for one in post.attachments if one.unmasked]
    with suppress(IntegrityError), db.session.begin_nested():  # another worker may be telling him right now
        queue_notice(MailPurpose.UNMASKED_FILE, post.author, about=about, case=outbound.case, names=names)
