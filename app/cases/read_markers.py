"""How far somebody of the team has read a case, and how much of it he has not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.cases.models import Case, Post
from app.cases.queries import shown
from app.clock import now
from app.database import insert_if_absent
from app.extensions import Base, db
from app.people.models import Person


class ReadMarker(Base):
    """A place in a case: what has a higher number than ``post_id`` has not been read. It names no row: posts move."""

    __tablename__ = "read_markers"
    __table_args__ = (sa.UniqueConstraint("case_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    post_id: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class ReadSoFar:
    """How far a case was read, if at all, and how many posts of others stand behind that."""

    unread: int
    id: int | None = None
    post_id: int | None = None
    read_at: datetime | None = None


def mark_read(case: Case, post_id: int, *, by: Person) -> None:
    """Note that he has read the case up to this post. Nobody goes back: what was read stays so."""
    insert_if_absent(ReadMarker, case_id=case.id, person_id=by.id, post_id=0, read_at=now())
    behind = ReadMarker.case_id == case.id, ReadMarker.person_id == by.id, ReadMarker.post_id < post_id
    change = sa.update(ReadMarker).where(*behind).values(post_id=post_id, read_at=now())
    db.session.execute(change)


def read_so_far(case_ids: Collection[int], person: Person) -> Mapping[int, ReadSoFar]:
    """How far this person has read each case, for all of them at once."""
    his = sa.and_(ReadMarker.case_id == Case.id, ReadMarker.person_id == person.id)
    unread = sa.and_(
        Post.case_id == Case.id, Post.id > func.coalesce(ReadMarker.post_id, 0), Post.author_id != person.id, *shown()
    )
    marker = ReadMarker.id, ReadMarker.post_id, ReadMarker.read_at
    query = select(Case.id, func.count(Post.id), ReadMarker.id, ReadMarker.post_id, ReadMarker.read_at)
    query = query.outerjoin(ReadMarker, his).outerjoin(Post, unread)
    rows = db.session.execute(query.where(Case.id.in_(case_ids)).group_by(Case.id, *marker))
    return {case: ReadSoFar(count, id, post, at) for case, count, id, post, at in rows}
