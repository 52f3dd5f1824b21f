"""Whether the mailboxes on servers are looked into as often as they should be."""

from datetime import timedelta

from sqlalchemy import func, or_, select

from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.intake.accounts import accounts
from app.mail.models import Mailbox

ROUNDS = 5
AT_LEAST = timedelta(minutes=5)


def mailboxes_late() -> bool:
    """Whether a mailbox that is to be read has not been read, or not compared with the journal, for several rounds."""
    since = now() - max(AT_LEAST, ROUNDS * timedelta(seconds=settings().mail_sync_timer))
    late = or_(
        func.coalesce(Mailbox.synced_at, Mailbox.created_at) < since,
        func.coalesce(Mailbox.compared_at, Mailbox.created_at) < since,
    )
    read = [account.mailbox_id for account in accounts()]
    return db.session.scalar(select(Mailbox.id).where(Mailbox.id.in_(read), late).limit(1)) is not None
