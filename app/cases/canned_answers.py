"""Canned answers: texts that the team writes again and again, each one's own or shared by all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.clock import now
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import Base, db
from app.people.merging import hand_over
from app.people.models import Person

MOST = 500
LONGEST_TITLE = 200


class CannedAnswer(Base):
    """A text for answers. Without an owner it is that of the operator's keys; a shared one is everybody's."""

    __tablename__ = "canned_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str | None] = mapped_column(sa.Text)
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


def answers_page(*, for_: Person | None, after: int, limit: int) -> list[CannedAnswer]:
    """His own answers and the shared ones, from the oldest on, from the one behind ``after``."""
    query = select(CannedAnswer).where(_seen_by(for_), CannedAnswer.id > after)
    return list(db.session.scalars(query.order_by(CannedAnswer.id).limit(limit)))


def answers_for(person: Person | None) -> list[CannedAnswer]:
    """All of his own and all that are shared, by title: at most MOST of either."""
    query = select(CannedAnswer).where(_seen_by(person)).order_by(CannedAnswer.title, CannedAnswer.id)
    return list(db.session.scalars(query))


def canned_answer(uuid: UUID, *, for_: Person | None) -> CannedAnswer:
    """The answer with this UUID. Raises NotFound, for that of somebody else too."""
    found = db.session.scalar(select(CannedAnswer).where(CannedAnswer.uuid == uuid, _seen_by(for_)))
    if found is None:
        raise NotFound("There is no such canned answer.")
    return found


def _seen_by(person: Person | None) -> sa.ColumnElement[bool]:
    return or_(CannedAnswer.shared, _owned_by(person))


def _owned_by(person: Person | None) -> sa.ColumnElement[bool]:
    return CannedAnswer.owner_id.is_(None) if person is None else CannedAnswer.owner_id == person.id


def can_answer(title: str, text: str, *, html: str | None = None, shared: bool, by: Person | None) -> CannedAnswer:
    """Keep an answer. ``html`` is safe already. Raises Conflict when there are too many."""
    _check_room(shared, by)
    made = CannedAnswer(title=title.strip(), text=text, html=html, owner_id=by.id if by else None, shared=shared)
    db.session.add(made)
    record(made, "canned_answer_created", by=by, new=_told(made))
    return made


def _check_room(shared: bool, person: Person | None) -> None:
    """Shared ones count together, whoever made them."""
    which = CannedAnswer.shared if shared else sa.and_(_owned_by(person), sa.not_(CannedAnswer.shared))
    if (db.session.scalar(select(func.count()).select_from(CannedAnswer).where(which)) or 0) >= MOST:
        whose = "shared canned answers" if shared else "canned answers of yours"
        raise Conflict(f"There are {MOST} {whose} already; remove one of them first.")


def change_answer(found: CannedAnswer, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change any of ``title``, ``text``, ``html`` and ``shared``. Raises Conflict when there are too many."""
    if changes.get("shared", found.shared) is not found.shared:
        _check_room(changes["shared"], by)
    was = {name: getattr(found, name) for name in changes}
    old = _told(found)
    for name, value in changes.items():
        setattr(found, name, value.strip() if name == "title" else value)
    if any(getattr(found, name) != value for name, value in was.items()):
        record(found, "canned_answer_changed", by=by, old=old, new=_told(found))


def remove_answer(found: CannedAnswer, *, by: Person | None) -> None:
    """Keep an answer no longer."""
    record(found, "canned_answer_removed", by=by, old=_told(found))
    db.session.delete(found)


def leave_answers_to(person: Person, other: Person) -> None:
    """Somebody goes: what he shared becomes the other's, and nobody needs what was his alone."""
    hand_over(CannedAnswer.owner_id, person.id, other.id, CannedAnswer.shared.is_(True))
    forget_answers_of([person.id])


def forget_answers_of(person_ids: list[int]) -> int:
    """Forget what these persons kept for themselves alone. Says how many answers that were."""
    his = CannedAnswer.owner_id.in_(person_ids), sa.not_(CannedAnswer.shared)
    gone = sa.delete(CannedAnswer).where(*his).returning(CannedAnswer.id)
    return len(db.session.execute(gone, execution_options={"synchronize_session": False}).all())


def _told(found: CannedAnswer) -> dict[str, Any]:
    """Without the text itself, which the log need not keep."""
    return {"title": found.title, "shared": found.shared}
