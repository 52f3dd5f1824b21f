"""Emptying the trash: the wish is written down at once, and done case by case."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case, State
from app.cases.purging import lock_with_merged, purge_case, with_merged
from app.clock import now
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

BATCH = 100


class TrashEmptying(Base):
    """That somebody wanted what was in the trash at that moment to be purged."""

    __tablename__ = "trash_emptyings"
    __table_args__ = (
        sa.Index(
            "ix_trash_emptyings_id_undone",
            "id",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"))
    done_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


def empty_trash(*, by: Person | None) -> TrashEmptying:
    """Have all that is in the trash now purged; what is put there later stays."""
    emptying = TrashEmptying(person=by)
    db.session.add(emptying)
    record(emptying, "trash_emptied", by=by)
    return emptying


def doomed_count(emptying: TrashEmptying) -> int:
    """How many cases are still to be purged, with those that were merged into them."""
    doomed = with_merged(Case.trashed_at <= emptying.before)
    return db.session.scalar(select(func.count()).select_from(doomed)) or 0


def undone_emptyings() -> list[int]:
    """The ids of a batch of emptyings that are not done yet."""
    query = select(TrashEmptying.id).where(TrashEmptying.done_at.is_(None)).order_by(TrashEmptying.id)
    return list(db.session.scalars(query.limit(BATCH)))


def doomed_cases(emptying_id: int, *, skip: int) -> list[int]:
    """The ids of a batch of cases that are still to be purged, the longest in the trash first."""
    before = select(TrashEmptying.before).where(TrashEmptying.id == emptying_id).scalar_subquery()
    query = select(Case.id).where(Case.trashed_at <= before).order_by(Case.trashed_at, Case.id)
    return list(db.session.scalars(query.offset(skip).limit(BATCH)))


def purge_if_doomed(emptying_id: int, case_id: int) -> bool:
    """Purge a case, unless it was restored meanwhile. Says that nothing is left to be done."""
    emptying = db.session.get_one(TrashEmptying, emptying_id)
    lock_with_merged(case_id)
    case = db.session.get(Case, case_id, populate_existing=True)
    if case and case.state is State.TRASH and case.trashed_at and case.trashed_at <= emptying.before:
        purge_case(case, by=emptying.person)
    return True


def settle_emptying(emptying_id: int) -> bool:
    """Note that an emptying is done. Says whether it is."""
    if doomed_cases(emptying_id, skip=0):
        return False
    db.session.get_one(TrashEmptying, emptying_id).done_at = now()
    return True
