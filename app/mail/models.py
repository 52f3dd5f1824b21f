"""The ledgers of mail: what came in and what was decided about it, what goes out and how far it got."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.cases.models import Case, Post
from app.clock import now
from app.extensions import Base
from app.people.models import Person


class Outcome(StrEnum):
    """What can become of a received mail; each has exactly one."""

    OPENED = "opened"
    POSTED = "posted"
    HELD = "held"
    BOUNCE = "bounce"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"


class Delivery(StrEnum):
    """How far a mail to one recipient got."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    HELD = "held"
    PARKED = "parked"


LONGEST_NAME = 320  # of a mailbox
# What may still leave: new, put off by a server, or waiting for its case to be taken back from spam or trash.
UNSENT = (Delivery.QUEUED, Delivery.DEFERRED, Delivery.PARKED)


class MailPurpose(StrEnum):
    """Why a mail is sent; each has its own template."""

    MESSAGE = "message"
    INITIAL = "initial"
    RECEIPT = "receipt"
    COPY = "copy"
    CONFIRMATION = "confirmation"
    INVITATION = "invitation"
    REMINDER = "reminder"
    HELD_NOTICE = "held_notice"
    STORM_NOTICE = "storm_notice"
    TOO_LARGE = "too_large"
    REFUSED_ORDER = "refused_order"
    UNMASKED_FILE = "unmasked_file"
    WEBHOOK_DISABLED = "webhook_disabled"
    SIGN_IN = "sign_in"
    RATING = "rating"
    NEW_LINK = "new_link"


class Rejection(StrEnum):
    """Why a mail did not arrive; ``deferred`` is a server's word that it is late, not that it failed."""

    BOUNCE = "bounce"
    BLOCKED = "blocked"
    DROPPED = "dropped"
    DEFERRED = "deferred"
    EXPIRED = "expired"
    ERROR = "error"


class Mailbox(Base):
    """A place mail comes from. Its leases let one process at a time look into it and decide about its mail.

    ``last_uid`` counts the mails that came without a server. On a server, ``processed_*`` say up to which mail the
    folder of those taken in has been compared with the journal, and which mails before it the server did not hand out.
    """

    __tablename__ = "mailboxes"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    name: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), unique=True)
    last_uid: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    processed_validity: Mapped[int | None] = mapped_column(sa.BigInteger)
    processed_uid: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    processed_missed: Mapped[list[Any]] = mapped_column(default=list)
    lease_owner: Mapped[str | None] = mapped_column(sa.String(80))
    lease_until: Mapped[datetime | None]
    deciding_owner: Mapped[str | None] = mapped_column(sa.String(80))
    deciding_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(sa.String(500))
    synced_at: Mapped[datetime | None]
    holes: Mapped[int | None]
    compared_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class RawEmail(Base):
    """The bytes of a mail as they came, unchanged until what is in them has to go."""

    __tablename__ = "raw_emails"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


class InboundEmail(Base):
    """A received mail. (mailbox, folder, uid_validity, uid) says which one; the outcome, what became of it.

    A server must not give a UID to another mail later. Where one does, that mail is of the next ``generation``.
    Of one with ``dropped_at`` the bytes are not kept any more but for a few headers.
    """

    __tablename__ = "inbound_emails"
    __table_args__ = (
        sa.UniqueConstraint("mailbox_id", "folder", "uid_validity", "uid", "generation"),
        sa.Index("ix_inbound_emails_mailbox_id_outcome_id", "mailbox_id", "outcome", "id"),
        sa.Index("ix_inbound_emails_outcome_id", "outcome", "id"),
        sa.Index("ix_inbound_emails_sender_received_at", "sender", "received_at"),
        sa.Index("ix_inbound_emails_mailbox_id_message_id", "mailbox_id", "message_id"),
        sa.Index(
            "ix_inbound_emails_received_at_id_whole",
            "received_at",
            "id",
            sqlite_where=sa.text("dropped_at IS NULL"),
            postgresql_where=sa.text("dropped_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    mailbox_id: Mapped[int] = mapped_column(sa.ForeignKey("mailboxes.id"))
    folder: Mapped[str] = mapped_column(sa.String(200))
    uid_validity: Mapped[int] = mapped_column(sa.BigInteger)
    uid: Mapped[int] = mapped_column(sa.BigInteger)
    generation: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("raw_emails.sha256"), index=True)
    message_id: Mapped[str] = mapped_column(sa.String(998), index=True)
    sender: Mapped[str | None] = mapped_column(sa.String(320))
    sender_name: Mapped[str | None] = mapped_column(sa.String(200))
    subject: Mapped[str | None] = mapped_column(sa.String(500))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    received_at: Mapped[datetime]
    outcome: Mapped[Outcome | None]
    reason: Mapped[str | None] = mapped_column(sa.String(500))
    robot: Mapped[bool] = mapped_column(default=False)
    decisions: Mapped[list[Any]] = mapped_column(default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posts.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    decided_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    mailbox: Mapped[Mailbox] = relationship()
    raw: Mapped[RawEmail] = relationship()
    case: Mapped[Case | None] = relationship()
    post: Mapped[Post | None] = relationship()


class OutboundEmail(Base):
    """One mail to one recipient. Its Message-ID is fixed here, so that sending it again repeats the same one.

    It passes on a post; or it is a notice about a received mail, whose ``details`` its template is filled with.
    """

    __tablename__ = "outbound_emails"
    __table_args__ = (
        sa.UniqueConstraint("post_id", "person_id", "purpose"),
        sa.UniqueConstraint("inbound_id", "person_id", "purpose"),
        sa.Index("ix_outbound_emails_status_next_at", "status", "next_at"),
        sa.Index("ix_outbound_emails_status_id", "status", "id"),
        sa.Index("ix_outbound_emails_case_id_person_id", "case_id", "person_id"),
        sa.Index("ix_outbound_emails_paced_as_paced_at", "paced_as", "paced_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"))
    post_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posts.id"))
    inbound_id: Mapped[int | None] = mapped_column(sa.ForeignKey("inbound_emails.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    purpose: Mapped[MailPurpose]
    address: Mapped[str] = mapped_column(sa.String(320), index=True)
    message_id: Mapped[str] = mapped_column(sa.String(250), unique=True)
    relay_message_id: Mapped[str | None] = mapped_column(sa.String(998), index=True)
    status: Mapped[Delivery] = mapped_column(default=Delivery.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    deaths: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    paced_as: Mapped[str | None] = mapped_column(sa.String(340))
    paced_at: Mapped[datetime] = mapped_column(default=now)
    claimed_by: Mapped[str | None] = mapped_column(sa.String(80))
    rejection: Mapped[Rejection | None]
    answer: Mapped[str | None] = mapped_column(sa.String(1000))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    rejected_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    case: Mapped[Case | None] = relationship()
    post: Mapped[Post | None] = relationship()
    inbound: Mapped[InboundEmail | None] = relationship()
    person: Mapped[Person] = relationship()


class SandboxEmail(Base):
    """A mail that was delivered to the sandbox instead of a server."""

    __tablename__ = "sandbox_emails"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(sa.String(320), index=True)
    message_id: Mapped[str] = mapped_column(sa.String(250), unique=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)
