"""When the house works, what it promises, and how it keeps it in each case."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.cases.models import Case, Priority
from app.clock import now
from app.extensions import Base


class Metric(StrEnum):
    """What is measured of a case."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


class Stage(StrEnum):
    """Whether a metric runs."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"


class Hours(StrEnum):
    """Which time counts: that in which the house works, or all of it."""

    BUSINESS = "business"
    CALENDAR = "calendar"


class BusinessHours(Base):
    """When somebody works: ``week`` and ``holidays`` as they are said, see ``app.sla.opening_times``.

    Without a time zone they are in that of the house. One row is the default, for whoever has none of his own.
    """

    __tablename__ = "business_hours"
    __table_args__ = (
        sa.Index(
            "ix_business_hours_is_default",
            "is_default",
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    time_zone: Mapped[str | None] = mapped_column(sa.String(60))
    week: Mapped[dict[str, Any]]
    holidays: Mapped[list[Any]]
    is_default: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class SlaPolicy(Base):
    """A promise. What is promised stands in its versions; the one with its ``number`` is in force."""

    __tablename__ = "sla_policies"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    number: Mapped[int] = mapped_column(default=1)
    sort_order: Mapped[int] = mapped_column(default=0)
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    deleted_at: Mapped[datetime | None]

    version: Mapped[SlaVersion] = relationship(
        primaryjoin="and_(SlaPolicy.id == SlaVersion.policy_id, SlaPolicy.number == SlaVersion.number)",
        foreign_keys="[SlaVersion.policy_id, SlaVersion.number]",
        uselist=False,
        viewonly=True,
    )


class SlaVersion(Base):
    """What a policy promised once, and of which cases: ``query`` asks it of the list of cases. It never changes."""

    __tablename__ = "sla_versions"
    __table_args__ = (sa.UniqueConstraint("policy_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(sa.ForeignKey("sla_policies.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    query: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)

    policy: Mapped[SlaPolicy] = relationship(foreign_keys=[policy_id])
    targets: Mapped[list[SlaTarget]] = relationship(order_by="SlaTarget.id", lazy="selectin", back_populates="version")


class SlaTarget(Base):
    """Within how many seconds, of which time; without a priority for all that have no target of their own."""

    __tablename__ = "sla_targets"
    __table_args__ = (sa.Index("ix_sla_targets_version_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("sla_versions.id"))
    metric: Mapped[Metric]
    priority: Mapped[Priority | None]
    goal: Mapped[int]
    hours: Mapped[Hours]

    version: Mapped[SlaVersion] = relationship(back_populates="targets")


class SlaMetric(Base):
    """How a promise is kept in a case. ``used`` is what passed of the goal before ``running_since``, in seconds.

    What is ``cut_off`` was completed by a merge, and not by what it waited for.
    """

    __tablename__ = "sla_metrics"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "metric"),
        sa.Index(
            "ix_sla_metrics_due_at_id",
            "due_at",
            "id",
            sqlite_where=sa.text("running_since IS NOT NULL AND breached_at IS NULL"),
            postgresql_where=sa.text("running_since IS NOT NULL AND breached_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    metric: Mapped[Metric]
    target_id: Mapped[int] = mapped_column(sa.ForeignKey("sla_targets.id"))
    stage: Mapped[Stage]
    started_at: Mapped[datetime]
    running_since: Mapped[datetime | None]
    used: Mapped[float] = mapped_column(default=0.0)
    paused_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    cut_off: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship()
    target: Mapped[SlaTarget] = relationship()
