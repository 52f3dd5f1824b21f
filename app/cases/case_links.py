"""What cases have to do with each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.clock import now
from app.errors import Invalid, NotFound
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

MOST_SHOWN = 1000


class CaseLinkKind(StrEnum):
    """What a case is to another one."""

    RELATED = "related"
    DUPLICATE = "duplicate"
    BLOCKS = "blocks"


# The same, seen from the other one.
SEEN_FROM_THERE: Mapping[CaseLinkKind, str] = {
    CaseLinkKind.RELATED: "related",
    CaseLinkKind.DUPLICATE: "duplicated_by",
    CaseLinkKind.BLOCKS: "blocked_by",
}
WORDS = (*CaseLinkKind, "duplicated_by", "blocked_by")


class CaseLink(Base):
    """That a case has to do with another one. Two cases have one link at most."""

    __tablename__ = "case_links"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), primary_key=True, index=True)
    kind: Mapped[CaseLinkKind]
    created_at: Mapped[datetime] = mapped_column(default=now)

    case: Mapped[Case] = relationship(foreign_keys=[case_id], lazy="joined", innerjoin=True)
    other: Mapped[Case] = relationship(foreign_keys=[other_id], lazy="joined", innerjoin=True)


def link_cases(case: Case, other: Case, kind: CaseLinkKind, *, by: Person | None) -> None:
    """Say what a case is to another one; what was said before is replaced. Raises Invalid for a case and itself."""
    if case is other:
        raise Invalid("A case cannot be linked to itself.", field="case")
    known = _between(case, other)
    if known is not None and (known.case_id, known.kind) == (case.id, kind):
        return
    if known is not None:
        db.session.delete(known)
        db.session.flush()
    db.session.add(CaseLink(case=case, other=other, kind=kind))
    record(case, "case_linked", by=by, new={"case": other.id, "kind": kind})
    record(other, "case_linked", by=by, new={"case": case.id, "kind": SEEN_FROM_THERE[kind]})


def unlink_cases(case: Case, other: Case, *, by: Person | None) -> None:
    """Say that two cases have nothing to do with each other. Raises NotFound when nobody has said they had."""
    known = _between(case, other)
    if known is None:
        raise NotFound("These cases are not linked.")
    db.session.delete(known)
    record(case, "case_unlinked", by=by, old={"case": other.id})
    record(other, "case_unlinked", by=by, old={"case": case.id})


def _between(case: Case, other: Case) -> CaseLink | None:
    one_way = and_(CaseLink.case_id == case.id, CaseLink.other_id == other.id)
    back = and_(CaseLink.case_id == other.id, CaseLink.other_id == case.id)
    return db.session.scalar(select(CaseLink).where(or_(one_way, back)))


def links_of(case: Case) -> list[tuple[Case, str]]:
    """The cases this one has to do with, and what it is to each, seen from here."""
    mine = or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id)
    found = db.session.scalars(select(CaseLink).where(mine).order_by(CaseLink.created_at).limit(MOST_SHOWN))
    return [
        (one.other, str(one.kind)) if one.case_id == case.id else (one.case, SEEN_FROM_THERE[one.kind]) for one in found
    ]
