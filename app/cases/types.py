"""What kinds of cases there are, each by a word: four that everybody knows, and whatever else was said of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.errors import Invalid
from app.extensions import Base, db

# They have the first numbers.
EVERYWHERE = ("question", "task", "problem", "incident")


class CaseType(Base):
    """A kind of case."""

    __tablename__ = "case_types"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(sa.String(40), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


def note_type(word: str | None) -> None:
    """Know a word that is said of a case from now on."""
    if word and not _exists(word):
        with suppress(IntegrityError), db.session.begin_nested():  # somebody else may be saying it right now
            db.session.add(CaseType(word=word))


def _exists(word: str) -> bool:
    return word in EVERYWHERE or db.session.scalar(select(CaseType.id).where(CaseType.word == word)) is not None


def types() -> Sequence[CaseType]:
    """All of them, in the order in which they became known."""
    return db.session.scalars(select(CaseType).order_by(CaseType.id)).all()


def types_numbered(ids: Collection[int]) -> Mapping[int, CaseType]:
    """Those with these ids."""
    return {one.id: one for one in db.session.scalars(select(CaseType).where(CaseType.id.in_(ids)))}


def type_word(number: int, *, field: str) -> str:
    """The word with this number. Raises Invalid, naming the field."""
    found = db.session.get(CaseType, number)
    if found is None:
        raise Invalid("There is no type with this id.", field=field)
    return found.word
