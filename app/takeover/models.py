"""What was taken over from where, so that it is done once and goes on where it stopped."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.extensions import Base, db


class Takeover(Base):
    """An account elsewhere, by its address. ``position`` says of each kind up to which moment all of it is here."""

    __tablename__ = "takeovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(sa.String(300), unique=True)
    position: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)


class TakenOver(Base):
    """Which row here is that row there."""

    __tablename__ = "taken_over"

    takeover_id: Mapped[int] = mapped_column(sa.ForeignKey("takeovers.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    remote_id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    local_id: Mapped[int]


def takeover_from(source: str) -> Takeover:
    """The takeover from this address, begun where there is none."""
    found = db.session.scalar(select(Takeover).where(Takeover.source == source))
    if found is None:
        found = Takeover(source=source, position={})
        db.session.add(found)
        db.session.flush()
    return found


def local_id(takeover_id: int, kind: str, remote_id: int) -> int | None:
    """The id here of a row there, once it was taken over."""
    found = db.session.get(TakenOver, (takeover_id, kind, remote_id))
    return found.local_id if found else None


def note(takeover_id: int, kind: str, remote_id: int, local: int) -> None:
    """Remember which row here is that row there."""
    db.session.merge(TakenOver(takeover_id=takeover_id, kind=kind, remote_id=remote_id, local_id=local))
