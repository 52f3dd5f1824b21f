"""The one ordered log of what happened. Changelog, activities, webhooks and feeds are all read from it.

``record`` also runs what follows from an event: the table of reactions, which stands far above and is bound by
``create_app``. Reactions run inside the same transaction and only write rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.extensions import Base, db
from app.origin import origin
from app.timeline import EntryKind, TimelineEntry


class Subject(Protocol):
    """What an event is about: a row with an id, which may belong to a case."""

    __tablename__: str

    @property
    def id(self) -> Any: ...


class Actor(Protocol):
    """Who did it."""

    @property
    def id(self) -> Any: ...


class Event(Base):
    """Something that happened, named in the past tense, with the old and the new value and who did it.

    ``sequence`` orders all events. On PostgreSQL numbers become visible out of order; a trigger gives them, and holds a
    lock that tells a reader of the log how far it may go.
    """

    __tablename__ = "events"
    __table_args__ = (
        sa.Index("ix_events_case_id_sequence", "case_id", "sequence"),
        sa.Index("ix_events_name_sequence", "name", "sequence"),
        {"sqlite_autoincrement": True},  # a number is never given twice, even when rows go
    )

    sequence: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    subject_table: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cases.id"))
    timeline_id: Mapped[int | None] = mapped_column(sa.ForeignKey("timeline.id"), unique=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"))
    api_key_id: Mapped[int | None] = mapped_column(sa.ForeignKey("api_keys.id"))
    ip_address: Mapped[str | None] = mapped_column(sa.String(45))
    old: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True), nullable=True)
    new: Mapped[Any] = mapped_column(sa.JSON(none_as_null=True), nullable=True)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[TimelineEntry | None] = relationship()


ANY = "*"
Reaction = Callable[[Event], None]
_reactions: Mapping[str, Sequence[Reaction]] = {}


def bind_reactions(table: Mapping[str, Sequence[Reaction]]) -> None:
    """Say what follows from each event, and under ``*`` what follows from any. Called once, by ``create_app``."""
    global _reactions
    _reactions = table


def record(
    subject: Subject,
    name: str,
    *,
    by: Actor | None,
    old: object = None,
    new: object = None,
    case_id: int | None = None,
    timeline_id: int | None = None,
    **details: object,
) -> Event:
    """Write down what happened and let follow what follows from it. ``by`` is None for the system or a bare key.

    On a case it is an activity of its timeline, unless ``timeline_id`` names the message or note that it is about.
    """
    if subject.id is None:
        db.session.flush()
    if subject.__tablename__ == "cases":
        case_id = subject.id
    event = Event(
        name=name,
        subject_table=subject.__tablename__,
        subject_id=subject.id,
        case_id=case_id,
        timeline_id=timeline_id,
        actor_id=by.id if by else None,
        api_key_id=origin().api_key_id,
        ip_address=origin().ip_address,
        old=old,
        new=new,
        details=details,
    )
    if case_id is not None and timeline_id is None:
        event.entry = TimelineEntry(case_id=case_id, kind=EntryKind.ACTIVITY)
    db.session.add(event)
    for react in (*_reactions.get(name, ()), *_reactions.get(ANY, ())):
        react(event)
    return event
