"""Who was proposed for a case: people to whom one of its mails was copied. Nobody is added by that alone."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.extensions import Base
from app.people.models import Person


class Proposal(Base):
    """Somebody to whom a mail on the case was copied, and who wrote that mail. ``key`` is the address in lower case."""

    __tablename__ = "proposals"
    __table_args__ = (sa.UniqueConstraint("case_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    address: Mapped[str] = mapped_column(sa.String(320))
    key: Mapped[str] = mapped_column(sa.String(320))
    name: Mapped[str] = mapped_column(sa.String(200))
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    proposed_by: Mapped[Person] = relationship()
