"""The case and its timeline."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.extensions import Base
from app.people.models import Organization, Person, Team
from app.timeline import TimelineEntry

if TYPE_CHECKING:
    from app.cases.attachments import Attachment
    from app.cases.forms import CaseForm
    from app.cases.labels import CaseLabel
    from app.cases.types import CaseType


class Status(StrEnum):
    """Where a case stands. Custom statuses are labels, each with one of these as its base."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


UNDONE = (Status.NEW, Status.OPEN, Status.WAITING)


class State(StrEnum):
    """Whether a case is in play: trash over spam over pending over active."""

    PENDING = "pending"
    ACTIVE = "active"
    SPAM = "spam"
    TRASH = "trash"


DISCARDED = (State.SPAM, State.TRASH)


class Priority(StrEnum):
    """How much a case presses."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


# The form of cases of which no form is said.
FORMS = sa.table("case_forms", sa.column("id", sa.Integer), sa.column("default", sa.Boolean), sa.column("deleted_at"))
DEFAULT_FORM = (
    sa.select(FORMS.c.id)
    .where(FORMS.c.default, FORMS.c.deleted_at.is_(None))
    .order_by(FORMS.c.id)  # two that were made at the same moment may both say that they are it
    .limit(1)
    .scalar_subquery()
)


def _ranked(column: str, words: type[StrEnum]) -> str:
    """Sorted by the words themselves, neither what presses nor what is undone would come first."""
    return f"CASE {column} " + " ".join(f"WHEN '{one}' THEN {rank}" for rank, one in enumerate(words)) + " END"


class PostKind(StrEnum):
    """A message is public, a note is internal and never reaches a customer."""

    MESSAGE = "message"
    NOTE = "note"


class CustomStatus(Base):
    """A status of the operator's own, which behaves like its base; or in which nothing of a service level runs."""

    __tablename__ = "custom_statuses"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(sa.String(100), unique=True)
    base: Mapped[Status]
    sort_order: Mapped[int] = mapped_column(default=0)
    sla_active: Mapped[bool] = mapped_column(default=True)
    deleted_at: Mapped[datetime | None]


NARROWED_BY = (
    "status",
    "priority",
    "type",
    "category",
    "creator_id",
    "requester_id",
    "assignee_id",
    "team_id",
    "organization_id",
    "custom_status_id",
    "channel",
)
# Whether a case is shown in a list is read from the index by which the list is sorted.
SHOWN_BY = ("confirmed_at", "spam_at", "trashed_at", "merged_into_id")
# What is counted is read from the index of the usual order alone.
COUNTED_BY = (
    "status",
    "priority",
    "channel",
    "creator_id",
    "requester_id",
    "assignee_id",
    "team_id",
    "organization_id",
    "created_at",
)


def _index_of_some(name: str, *columns: str, where: str) -> sa.Index:
    """An index of the few rows of which this holds."""
    return sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


class Case(Base):
    """The aggregate. ``reference`` is for people; it is no secret and gives no access."""

    __tablename__ = "cases"
    __table_args__ = (
        sa.Index("ix_cases_updated_at_id", "updated_at", "id", *SHOWN_BY, *COUNTED_BY),
        *(
            sa.Index(f"ix_cases_{name}_id", name, "id", *SHOWN_BY)
            for name in ("created_at", "last_post_at", "priority_rank", "status_rank")
        ),
        *(sa.Index(f"ix_cases_{name}_created_at_id", name, "created_at", "id") for name in NARROWED_BY),
        sa.Index("ix_cases_status_last_post_at_id", "status", "last_post_at", "id"),
        sa.Index("ix_cases_status_priority_rank_id", "status", "priority_rank", "id"),
        _index_of_some("ix_cases_merged_into_id", "merged_into_id", where="merged_into_id IS NOT NULL"),
        _index_of_some("ix_cases_snoozed_until_id", "snoozed_until", "id", where="snoozed_until IS NOT NULL"),
        _index_of_some("ix_cases_closed_at_id", "closed_at", "id", where="closed_at IS NOT NULL"),
        _index_of_some("ix_cases_trashed_at_id", "trashed_at", "id", where="trashed_at IS NOT NULL"),
        _index_of_some("ix_cases_trashed_created_at_id", "created_at", "id", where="trashed_at IS NOT NULL"),
        _index_of_some("ix_cases_spam_created_at_id", "created_at", "id", where="spam_at IS NOT NULL"),
        _index_of_some("ix_cases_pending_created_at_id", "created_at", "id", where="confirmed_at IS NULL"),
        {"sqlite_autoincrement": True},  # a number is never given twice, even when rows go
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    external_id: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    subject: Mapped[str] = mapped_column(sa.String(500))
    status: Mapped[Status] = mapped_column(default=Status.NEW)
    status_rank: Mapped[int] = mapped_column(sa.Computed(_ranked("status", Status)))
    custom_status_id: Mapped[int | None] = mapped_column(sa.ForeignKey("custom_statuses.id"))
    priority: Mapped[Priority] = mapped_column(default=Priority.NORMAL)
    priority_rank: Mapped[int] = mapped_column(sa.Computed(_ranked("priority", Priority)))
    type: Mapped[str | None] = mapped_column(sa.String(40))
    category: Mapped[str | None] = mapped_column(sa.String(100))
    channel: Mapped[str] = mapped_column(sa.String(40))
    language: Mapped[str | None] = mapped_column(sa.String(35))
    meta: Mapped[dict[str, Any]] = mapped_column(default=dict)

    creator_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"))
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"))
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("teams.id"))
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"))
    form_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_forms.id"))
    told_form_id: Mapped[int | None] = column_property(sa.func.coalesce(form_id, DEFAULT_FORM), deferred=True)
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"))
    sla_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sla_versions.id"))

    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    confirmed_at: Mapped[datetime | None]
    spam_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    last_post_at: Mapped[datetime] = mapped_column(default=now)
    last_customer_post_at: Mapped[datetime | None]
    last_team_post_at: Mapped[datetime | None]

    # Filled by moments.py. Persons are noted as in the log: as who they were then.
    last_replied_at: Mapped[datetime | None]
    last_replier_id: Mapped[int | None]
    last_reply_by_agent_at: Mapped[datetime | None]
    last_reply_by_requester_at: Mapped[datetime | None]
    last_agent_activity_at: Mapped[datetime | None]
    last_customer_activity_at: Mapped[datetime | None]
    last_updated_by_id: Mapped[int | None]
    agent_updated_at: Mapped[datetime | None]
    latest_assignee_update_at: Mapped[datetime | None]
    last_assigned_at: Mapped[datetime | None]
    last_assigned_by_id: Mapped[int | None]
    last_opened_at: Mapped[datetime | None]
    last_pending_at: Mapped[datetime | None]
    last_completed_at: Mapped[datetime | None]
    last_completed_by_id: Mapped[int | None]
    last_closed_at: Mapped[datetime | None]
    last_closed_by_id: Mapped[int | None]

    creator: Mapped[Person] = relationship(foreign_keys=[creator_id])
    requester: Mapped[Person] = relationship(foreign_keys=[requester_id])
    assignee: Mapped[Person | None] = relationship(foreign_keys=[assignee_id])
    team: Mapped[Team | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    custom_status: Mapped[CustomStatus | None] = relationship()
    form: Mapped[CaseForm | None] = relationship()
    known_type: Mapped[CaseType | None] = relationship(
        primaryjoin="foreign(Case.type) == CaseType.word", uselist=False, viewonly=True
    )
    participants: Mapped[list[Participant]] = relationship(
        back_populates="case", order_by="Participant.id", cascade="all, delete-orphan"
    )
    posts: Mapped[list[Post]] = relationship(back_populates="case", order_by="Post.id")
    labels: Mapped[list[CaseLabel]] = relationship(order_by="CaseLabel.label_id", cascade="all, delete-orphan")
    follows: Mapped[Case | None] = relationship(foreign_keys=[follows_id], remote_side=[id])
    merged_into: Mapped[Case | None] = relationship(foreign_keys=[merged_into_id], remote_side=[id])

    @property
    def state(self) -> State:
        """Trash over spam over pending over active."""
        if self.trashed_at:
            return State.TRASH
        if self.spam_at:
            return State.SPAM
        return State.ACTIVE if self.confirmed_at else State.PENDING

    @property
    def discarded(self) -> bool:
        """Whether the case is out of play, until somebody takes that back."""
        return self.state in DISCARDED

    @property
    def closed(self) -> bool:
        """Whether the case has been closed."""
        return self.status is Status.CLOSED


class Participant(Base):
    """A person in a case, who gets its mail. ``alias`` is the name the others see."""

    __tablename__ = "participants"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "person_id"),
        sa.Index("ix_participants_person_id_case_id", "person_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"))
    alias: Mapped[str] = mapped_column(sa.String(200))
    joined_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    muted_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="participants")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Post(Base):
    """A message or a note. ``body`` is the full text as it was written; nothing of it is ever cut off.

    What has ``send_at`` waits to be sent: nobody but the team may know of it. What is not ``mailed`` never leaves the
    house. ``client_id``, ``source`` and ``details`` are what its writer's program said of it; ``arrived_at`` and
    ``seen_at``, that somebody told us so.
    """

    __tablename__ = "posts"
    __table_args__ = (
        sa.Index("ix_posts_case_id_id", "case_id", "id"),
        sa.Index(
            "ix_posts_send_at_case_id",
            "send_at",
            "case_id",
            sqlite_where=sa.text("send_at IS NOT NULL"),
            postgresql_where=sa.text("send_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(sa.ForeignKey("timeline.id"), primary_key=True, autoincrement=False)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    kind: Mapped[PostKind] = mapped_column(default=PostKind.MESSAGE)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    channel: Mapped[str] = mapped_column(sa.String(40))
    body: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str | None] = mapped_column(sa.Text)
    visible: Mapped[list[Any] | None]
    robot: Mapped[bool] = mapped_column(default=False)
    verified: Mapped[bool] = mapped_column(default=True)
    mailed: Mapped[bool] = mapped_column(default=True)
    external_id: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    client_id: Mapped[str | None] = mapped_column(sa.String(200))
    source: Mapped[str | None] = mapped_column(sa.String(20))
    details: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    send_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    pinned_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[TimelineEntry] = relationship()
    case: Mapped[Case] = relationship(back_populates="posts")
    author: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.id", lazy="selectin")
