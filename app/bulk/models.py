"""Bulk jobs and their rows. Both are the ledger of what is done and what is still to be done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.extensions import Base
from app.files.models import File
from app.origin import LONGEST_ADDRESS
from app.people.models import Person


class JobStatus(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


Json = dict[str, Any]

UNFINISHED = (JobStatus.WAITING, JobStatus.RUNNING)


class RowStatus(StrEnum):
    """What became of a row."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class BulkJob(Base):
    """Long work. ``next_at`` is when it may be taken up: at once, or when the lease of a worker ends.

    Work that is done in steps keeps in ``state`` where it is, in ``receipt`` what came of it, and has a file if it made
    one; ``error`` says why it could not go on. The key and the address are those that it was ordered from. ``options``
    are emptied when nothing more is to be done: they may be what people wrote.
    """

    __tablename__ = "bulk_jobs"
    __table_args__ = (
        sa.Index("ix_bulk_jobs_status_next_at", "status", "next_at"),
        sa.Index("ix_bulk_jobs_finished_at_id", "finished_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    act: Mapped[str] = mapped_column(sa.String(40))
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"))
    status: Mapped[JobStatus] = mapped_column(default=JobStatus.WAITING)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(sa.String(80))
    next_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    receipt: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    error: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("files.id"), index=True)
    file_name: Mapped[str | None] = mapped_column(sa.String(200))
    file_type: Mapped[str | None] = mapped_column(sa.String(100))
    api_key_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_keys.id"))
    ip_address: Mapped[str | None] = mapped_column(sa.String(LONGEST_ADDRESS))

    person: Mapped[Person | None] = relationship(lazy="joined")
    file: Mapped[File | None] = relationship(lazy="joined")

    def end(self, status: JobStatus) -> None:
        """Do nothing more of it, and forget what it was told, which may be what somebody wants to be gone."""
        self.status, self.finished_at, self.claimed_by = status, now(), None
        self.options, self.state = {}, {}


class BulkRow(Base):
    """One thing to do. ``given`` is what the act takes, ``result`` what it answers, ``error`` why it was refused.

    ``given`` is emptied once nothing more is to be done: nobody is shown it, and it may be what people wrote.
    """

    __tablename__ = "bulk_rows"
    __table_args__ = (
        sa.Index("ix_bulk_rows_job_id_status_position", "job_id", "status", "position"),
        sa.Index("ix_bulk_rows_job_id_position", "job_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(sa.ForeignKey("bulk_jobs.id"))
    position: Mapped[int]
    given: Mapped[dict[str, Any]]
    status: Mapped[RowStatus] = mapped_column(default=RowStatus.WAITING)
    result: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
