"""How much mail strangers can make us send to one address, by naming it in a form or forging it as the sender.

What is too much now waits for its turn, so that nobody can keep the owner of the address from getting his own.
"""

from datetime import datetime, timedelta

from sqlalchemy import Integer, String, bindparam, func, select

from app.clock import now
from app.extensions import db
from app.mail.models import MailPurpose, OutboundEmail
from app.people.addresses import mailbox_of

AN_HOUR, A_DAY, ANSWERS_A_DAY = 3, 10, 1
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATEST_RECEIPT = DAY
# What is counted together.
PACED = {
    MailPurpose.CONFIRMATION: "confirmation",
    MailPurpose.INITIAL: "receipt",
    MailPurpose.RECEIPT: "receipt",
    MailPurpose.NEW_LINK: "link",
}
# A receipt that a mail caused: machines answer each other by mail.
ANSWER = "answer"
LIMITS = {
    "confirmation": ((AN_HOUR, HOUR), (A_DAY, DAY)),
    "receipt": ((AN_HOUR, HOUR), (A_DAY, DAY)),
    "link": ((AN_HOUR, HOUR), (A_DAY, DAY)),
    ANSWER: ((ANSWERS_A_DAY, DAY),),
}
# Both are put together once, since they are asked for every receipt.
LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("pace", type_=String), 0)))
LATEST = (
    select(OutboundEmail.paced_at)
    .where(OutboundEmail.paced_as == bindparam("pace"))
    .order_by(OutboundEmail.paced_at.desc())
    .limit(bindparam("most", type_=Integer))
    .execution_options(autoflush=False)  # whatever is noted stands in the database already
)


def pace_of(purpose: MailPurpose, address: str, *, channel: str) -> str | None:
    """Under which name a mail about a post of this channel is counted; None for mail that strangers cannot cause."""
    kind = PACED.get(purpose)
    if kind == "receipt" and channel == "mail":
        kind = ANSWER
    return f"{kind}:{mailbox_of(address)}" if kind else None


def next_turn(pace: str) -> datetime:
    """When the next mail of this pace may leave: now, or once the earlier ones lie far enough back."""
    _one_at_a_time(pace)
    limits = LIMITS[pace.partition(":")[0]]
    latest = db.session.scalars(LATEST, {"pace": pace, "most": max(count for count, _ in limits)}).all()
    return max([now(), *(latest[count - 1] + window for count, window in limits if len(latest) >= count)])


def _one_at_a_time(pace: str) -> None:
    """Let nobody else count the same mails before this transaction ends. SQLite has one writer anyway.

    The plus forms of an address are many persons: there is no row of theirs that could be locked for all.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(LOCK, {"pace": pace})


def worth_sending(purpose: MailPurpose, turn: datetime) -> bool:
    """Whether a mail may wait so long. A request to confirm may; that a message came in is no news after a day."""
    return purpose is MailPurpose.CONFIRMATION or turn <= now() + LATEST_RECEIPT
