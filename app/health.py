"""Whether Casey is alive, and whether it is ready: for supervisors and load balancers."""

from typing import Any

from flask import Blueprint, Flask
from redis.exceptions import RedisError
from sqlalchemy import ColumnElement, func, literal, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.jobs.periodic import late
from app.mail.intake.lateness import mailboxes_late
from app.mail.models import Delivery, InboundEmail, Mailbox, OutboundEmail, Outcome
from app.mail.sending.delivering.server_rest import in_trouble
from app.queue import bell
from app.webhooks.endpoints import any_in_trouble

COUNTED = 1000

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/ready")
def ready() -> tuple[dict[str, Any], int]:
    """The database answers. Whatever else is down is named; it slows mail down but loses nothing."""
    if not _database():
        return {"status": "unavailable", "database": "unavailable"}, 503
    parts = {
        "database": "ok",
        "queue": _queue(),
        "ticker": "late" if late() else "ok",
        "mailboxes": "in trouble" if _troubled() else "ok",
        "sending": "in trouble" if in_trouble() else "ok",
        "webhooks": "in trouble" if any_in_trouble() else "ok",
    }
    return {"status": "ok", **parts, **_waiting()}, 200


def _database() -> bool:
    try:
        db.session.execute(text("SELECT 1 FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


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


def _waiting() -> dict[str, int]:
    """How many mails wait for a person to decide; from a thousand on it is a thousand."""
    return {
        "held": _count(InboundEmail.outcome == Outcome.HELD),
        "quarantined": _count(InboundEmail.outcome == Outcome.QUARANTINED),
        "withheld": _count(OutboundEmail.status == Delivery.HELD),
    }


def _count(which: ColumnElement[bool]) -> int:
    first = select(literal(1)).where(which).limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(first)) or 0


def register(app: Flask) -> None:
    """Put the health pages into the application."""
    app.register_blueprint(bp)
