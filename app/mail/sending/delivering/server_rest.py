"""Letting the sending server rest while it cannot be spoken to, so that one outage is not paid for by every mail.

The mails keep their place and their attempts; when the rest is over the next one tries whether the server is back.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.extensions import Base, db

FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(seconds=30)
SMTP = "smtp"


class ServerRest(Base):
    """Until when a server is left alone, and why."""

    __tablename__ = "server_rests"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime]
    trouble: Mapped[str] = mapped_column(sa.String(1000))


def resting() -> bool:
    """Whether the server is left alone at the moment."""
    return db.session.scalar(sa.select(ServerRest.name).where(ServerRest.until > now()).limit(1)) is not None


def in_trouble() -> bool:
    """Whether the server could not be spoken to the last time."""
    return db.session.scalar(sa.select(ServerRest.name).limit(1)) is not None


def last_trouble() -> str | None:
    """What went wrong with the server the last time; None when nothing did."""
    return db.session.scalar(sa.select(ServerRest.trouble).limit(1))


def let_rest(trouble: str) -> None:
    """The server could not be spoken to: leave it alone, longer each time."""
    rest = db.session.get(ServerRest, SMTP) or ServerRest(name=SMTP, failures=0)
    rest.failures += 1
    rest.until = now() + min(FIRST_REST * 2 ** min(rest.failures - 1, 10), LONGEST_REST)
    rest.trouble = trouble[:1000]
    db.session.add(rest)


def wake() -> None:
    """The server spoke to us."""
    db.session.execute(sa.delete(ServerRest).where(ServerRest.name == SMTP))
