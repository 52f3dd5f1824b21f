"""Our own mailbox on a real Dovecot, and looking into it."""

from flask import Flask
from sqlalchemy import select

from app.clock import now
from app.extensions import db
from app.mail.intake import syncing
from app.mail.models import Mailbox
from tests.letters import SUPPORT
from tests.servers.dovecot import PASSWORD, Dovecot


def imap_settings(dovecot: Dovecot) -> dict[str, str]:
    """Mail arrives by IMAP; what we send stays in the sandbox."""
    return {
        "CASEY_MAIL_ADDRESS": SUPPORT,
        "CASEY_IMAP_ADAPTER": "imap",
        "CASEY_IMAP_SERVER": dovecot.host,
        "CASEY_IMAP_PORT": str(dovecot.imap_port),
        "CASEY_IMAP_PASSWORD": PASSWORD,
        "CASEY_IMAP_ENCRYPTION": "none",
    }


def sync(app: Flask) -> int:
    """Look into every mailbox, as workers would. Says how many mails were taken in."""
    with app.app_context():
        return sum(syncing.sync_mailbox(mailbox_id) for mailbox_id in syncing.mailboxes_to_read())


def our_mailbox(app: Flask) -> Mailbox:
    """What is known of the mailbox."""
    with app.app_context():
        found = db.session.scalars(select(Mailbox).where(Mailbox.name == f"{SUPPORT} on 127.0.0.1")).one()
        db.session.expunge(found)
        return found


def rest(app: Flask) -> float:
    """For how many seconds the mailbox is left alone."""
    next_at = our_mailbox(app).next_at
    return (next_at - now()).total_seconds() if next_at else 0.0


def contents(dovecot: Dovecot) -> tuple[int, int]:
    """How many mails lie in the inbox, and how many were put away."""
    return len(dovecot.messages(SUPPORT)), len(dovecot.messages(SUPPORT, "Processed"))
