"""The tables of webhooks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.events import Event
from app.extensions import Base


class Sending(StrEnum):
    """How far a delivery got."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Webhook(Base):
    """An address that is told of events. ``cursor`` is how far into the log deliveries have been written for it.

    ``next_at`` is until when it is left alone because it could not be spoken to; ``former_until`` until when the secret
    before ``secret_number`` signs too.
    """

    __tablename__ = "webhooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    url: Mapped[str] = mapped_column(sa.String(2000))
    events: Mapped[list[Any]]
    description: Mapped[str] = mapped_column(sa.String(500), default="")
    secret_number: Mapped[int] = mapped_column(default=1)
    former_until: Mapped[datetime | None]
    cursor: Mapped[int] = mapped_column(sa.BigInteger)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    next_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None] = mapped_column(sa.String(500))
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


UNSETTLED = (Sending.WAITING, Sending.SENDING)
UNDELIVERED = sa.text("status IN ('waiting', 'sending')")


class WebhookDelivery(Base):
    """One event to one webhook. Its uuid is the id of the message, however often it is sent."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        sa.UniqueConstraint("webhook_id", "event_sequence"),
        sa.Index("ix_webhook_deliveries_webhook_id_id", "webhook_id", "id"),
        sa.Index("ix_webhook_deliveries_created_at", "created_at"),
        sa.Index(
            "ix_webhook_deliveries_undelivered_webhook_id_id",
            "webhook_id",
            "id",
            sqlite_where=UNDELIVERED,
            postgresql_where=UNDELIVERED,
        ),
        sa.Index(
            "ix_webhook_deliveries_undelivered_webhook_id_case_id_id",
            "webhook_id",
            "case_id",
            "id",
            sqlite_where=UNDELIVERED,
            postgresql_where=UNDELIVERED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    webhook_id: Mapped[int] = mapped_column(sa.ForeignKey("webhooks.id"))
    event_sequence: Mapped[int] = mapped_column(
        sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.ForeignKey("events.sequence")
    )
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"))
    status: Mapped[Sending] = mapped_column(default=Sending.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    failing_since: Mapped[datetime | None]
    status_code: Mapped[int | None]
    answer: Mapped[str | None] = mapped_column(sa.String(500))
    delivered_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    @hybrid_property
    def undelivered(self) -> bool:
        """Whether it is still to be delivered: neither taken nor given up."""
        return self.status in UNSETTLED

    @undelivered.inplace.expression
    @classmethod
    def _undelivered(cls) -> sa.ColumnElement[bool]:
        return cls.status.in_(sa.bindparam("unsettled", UNSETTLED, expanding=True, literal_execute=True))

    webhook: Mapped[Webhook] = relationship()
    event: Mapped[Event] = relationship(lazy="joined", innerjoin=True)
