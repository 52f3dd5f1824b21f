"""The numbers of a case's timeline: messages, notes and activities take their ids from one row of numbers."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.extensions import Base


class EntryKind(StrEnum):
    """What an entry of the timeline is."""

    MESSAGE = "message"
    NOTE = "note"
    ACTIVITY = "activity"


class TimelineEntry(Base):
    """One entry. Its id is that of the message or note, or is named by the event that is the activity."""

    __tablename__ = "timeline"
    __table_args__ = (sa.Index("ix_timeline_case_id_id", "case_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    kind: Mapped[EntryKind]
    created_at: Mapped[datetime] = mapped_column(default=now)
