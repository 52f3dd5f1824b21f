"""How Casey stands: what load balancers are told, and what the operator's page says in sentences."""

from datetime import datetime

from redis.exceptions import RedisError
from sqlalchemy import ColumnElement, func, literal, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from app.extensions import db
from app.jobs.periodic import late
from app.mail.intake.lateness import mailboxes_late
from app.mail.models import Delivery, InboundEmail, Mailbox, OutboundEmail, Outcome
from app.mail.sending.delivering.server_rest import in_trouble
from app.mail.sending.outbox import WAITING
from app.queue import bell
from app.webhooks.endpoints import any_in_trouble

COUNTED = 1000


def database_answers() -> bool:
    """Whether anything can be done at all."""
    try:
        db.session.execute(text("SELECT 1 FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def parts() -> dict[str, str]:
    """Each part in a word or two; ``ok`` where nothing is wrong. The database must answer."""
    return {
        "database": "ok",
        "queue": _queue(),
        "ticker": "late" if late() else "ok",
        "mailboxes": "in trouble" if _troubled() else "ok",
        "sending": "in trouble" if in_trouble() else "ok",
        "webhooks": "in trouble" if any_in_trouble() else "ok",
    }


def _queue() -> str:
    found = bell()
    if found is None:
        return "none"
    try:
        found.connection.ping()
    except (RedisError, OSError):
        return "unavailable"
    return "ok"


def _troubled() -> bool:
    """Whether a mailbox cannot be read, or has not been for long, or holds mails that are in no journal."""
    wrong = or_(Mailbox.trouble.is_not(None), Mailbox.holes > 0)
    return db.session.scalar(select(Mailbox.id).where(wrong).limit(1)) is not None or mailboxes_late()


def waiting_for_people() -> dict[str, int]:
    """How many mails wait for a person to decide; from a thousand on it is a thousand."""
    return {
        "held": _count(InboundEmail.outcome == Outcome.HELD),
        "quarantined": _count(InboundEmail.outcome == Outcome.QUARANTINED),
        "withheld": _count(OutboundEmail.status == Delivery.HELD),
    }


def _count(which: ColumnElement[bool]) -> int:
    first = select(literal(1)).where(which).limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(first)) or 0


def undecided_since() -> datetime | None:
    """When the mail came that has waited longest to be decided about; None when none waits."""
    query = select(InboundEmail.received_at).where(InboundEmail.outcome.is_(None)).order_by(InboundEmail.id).limit(1)
    return db.session.scalar(query)


def unsent_since() -> datetime | None:
    """Since when the mail is due that has waited longest to be sent; None when none is due."""
    due = OutboundEmail.status.in_(WAITING), OutboundEmail.next_at <= now()
    return db.session.scalar(select(func.min(OutboundEmail.next_at)).where(*due))
