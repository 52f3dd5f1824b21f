"""Texts that are found by any piece of them, in whatever case it is written.

The database keeps all runs of three characters of such a text, so that no table is read from end to end; see the
migration of the fragments. On SQLite each text stands between two marks there, which makes its start and its end pieces
like any other.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import or_, select

from app.extensions import db
from app.listing.filters import Column, Condition

LEAST = 3
FIRST, LAST = "\x02", "\x03"
SENTENCE = f"must hold at least {LEAST} letters or digits"


@dataclass(frozen=True)
class Fragment:
    """A piece of a text: anywhere in it, or at its start, or at its end; both of these make it the whole text."""

    text: str
    first: bool = False
    last: bool = False

    def check(self) -> None:
        """Raises ValueError, with the end of a sentence, for one that too many texts would have to be read for.

        A whole word is found however short it is.
        """
        letters = sum(one.isalnum() for one in self.text)
        if letters < LEAST and not (letters and self._whole):
            raise ValueError(SENTENCE)

    @property
    def _whole(self) -> bool:
        """Whether no word goes on before it or behind it."""
        begun = self.first or not self.text[0].isalnum()
        return begun and (self.last or not self.text[-1].isalnum())


@dataclass(frozen=True)
class Fragments:
    """A column whose fragments are kept; on SQLite in the table ``kept``, under the ids of the rows."""

    id: Column
    column: Column
    kept: str

    def matching(self, *wanted: Fragment) -> Condition:
        """The rows whose text has one of these fragments. Raises ValueError, with the end of a sentence."""
        for one in wanted:
            one.check()
        if db.engine.dialect.name == "postgresql":
            return or_(*(self.column.ilike(_pattern(one), escape="\\") for one in wanted))
        return self.id.in_(self.ids(*wanted))

    def ids(self, *wanted: Fragment) -> sa.Select[Any]:
        """The ids of these rows, one after the other, so that a few of many are soon found."""
        if db.engine.dialect.name == "postgresql":
            return select(self.id).where(self.matching(*wanted))
        kept = sa.table(self.kept, sa.column("rowid"), sa.column(self.kept))
        return select(kept.c.rowid).where(kept.c[self.kept].op("MATCH")(" OR ".join(map(_phrase, wanted))))


def _pattern(wanted: Fragment) -> str:
    literal = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return ("" if wanted.first else "%") + literal + ("" if wanted.last else "%")


def _phrase(wanted: Fragment) -> str:
    marked = (FIRST if wanted.first else "") + wanted.text + (LAST if wanted.last else "")
    return '"' + marked.replace('"', '""') + '"'
