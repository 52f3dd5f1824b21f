"""Asking for a new link to a case, by an address: what is asked is noted the same way, whoever's address it is.

A job finds out whether the address is that of somebody in the case. So nobody can tell from the answer, or from the
time it takes, who is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.links import Link
from app.cases.models import Case
from app.clock import now
from app.extensions import Base, db

MOST_AT_A_TIME = 20


class LinkRequest(Base):
    """Somebody wants a new link to a case. It is gone as soon as it was answered."""

    __tablename__ = "link_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    address: Mapped[str] = mapped_column(sa.String(254))
    created_at: Mapped[datetime] = mapped_column(default=now)

    case: Mapped[Case] = relationship()


def ask_for_link(dead: Link, address: str) -> int | None:
    """Note that somebody with a link which has ended wants a new one to its case, mailed to this address.

    Returns what stands for it. Of a case of which too many wait already no more is noted.
    """
    waiting = select(func.count()).select_from(LinkRequest).where(LinkRequest.case_id == dead.case_id)
    if (db.session.scalar(waiting) or 0) >= MOST_AT_A_TIME:
        return None
    asked = LinkRequest(case_id=dead.case_id, address=address)
    db.session.add(asked)
    db.session.flush()
    return asked.id


def unanswered_requests(limit: int) -> Sequence[int]:
    """What still waits, the oldest first."""
    return db.session.scalars(select(LinkRequest.id).order_by(LinkRequest.id).limit(limit)).all()
