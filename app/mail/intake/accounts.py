"""How we sign in to each mailbox: to the one that the settings name, and to further ones."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.extensions import Base
from app.mail.models import Mailbox


class MailboxAccount(Base):
    """A further mailbox that is read, besides the one in the settings. ``address`` is one of ours."""

    __tablename__ = "mailbox_accounts"

    mailbox_id: Mapped[int] = mapped_column(sa.ForeignKey("mailboxes.id"), primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(320))
    server: Mapped[str] = mapped_column(sa.String(253))
    port: Mapped[int]
    encryption: Mapped[str] = mapped_column(sa.String(20))
    auth: Mapped[str] = mapped_column(sa.String(20))
    username: Mapped[str] = mapped_column(sa.String(320))
    password: Mapped[str | None] = mapped_column(sa.String(1000))
    paused_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    mailbox: Mapped[Mailbox] = relationship()
