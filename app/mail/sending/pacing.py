"""How much mail strangers can make us send to one address, by naming it in a form or forging it as the sender.

What is too much now waits for its turn, so that nobody can keep the owner of the address from getting his own.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.clock import now
from app.extensions import db
from app.mail.models import MailPurpose, OutboundEmail
from app.people.addresses import mailbox_of

AN_HOUR, A_DAY = 3, 10
LATEST_RECEIPT = timedelta(days=1)
# What is counted together.
PACED = {
    MailPurpose.CONFIRMATION: "confirmation",
    MailPurpose.INITIAL: "receipt",
    MailPurpose.RECEIPT: "receipt",
}


def pace_of(purpose: MailPurpose, address: str) -> str | None:
    """Under which name a mail is counted; None for mail that strangers cannot cause."""
    return f"{PACED[purpose]}:{mailbox_of(address)}" if purpose in PACED else None


def next_turn(pace: str) -> datetime:
    """When the next mail of this pace may leave: now, or once the earlier ones lie far enough back."""
    _one_at_a_time(pace)
    latest = db.session.scalars(
        select(OutboundEmail.paced_at)
        .where(OutboundEmail.paced_as == pace)
        .order_by(OutboundEmail.paced_at.desc())
        .limit(A_DAY)
    ).all()
    limits = ((AN_HOUR, timedelta(hours=1)), (A_DAY, timedelta(days=1)))
    return max([now(), *(latest[count - 1] + window for count, window in limits if len(latest) >= count)])


def _one_at_a_time(pace: str) -> None:
    """Let nobody else count the same mails before this transaction ends. SQLite has one writer anyway.

    The plus forms of an address are many persons: there is no row of theirs that could be locked for all.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(pace, 0))))


def worth_sending(purpose: MailPurpose, turn: datetime) -> bool:
    """Whether a mail may wait so long. A request to confirm may; that a message came in is no news after a day."""
    return purpose is MailPurpose.CONFIRMATION or turn <= now() + LATEST_RECEIPT
