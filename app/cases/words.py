"""The words of a search: what was asked for, how each database is asked for it, and where a text has it.

A word is a run of letters and digits, in every case. What is asked for are such words and nothing else: whatever else
a database would take for an operator stands between words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from app.errors import Invalid
from app.extensions import db

LONGEST = 200
SHORTEST_BEGINNING = 2
SEARCHED = 100_000
BEFORE, SHOWN = 60, 200
MARK = "**"
NEAR = 5_000
SIMPLE: sa.ColumnElement[Any] = sa.literal_column("'simple'::regconfig")

WORD = re.compile(r"[^\W_]+")
PART = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side; the last one may be only begun."""

    words: tuple[str, ...]
    begun: bool = False


def phrases(text: str) -> list[Phrase]:
    """What a search asks for: words, words side by side in quotes, and with ``*`` behind them the beginnings of words.

    Raises Invalid when no word is among it, or a beginning is so short that half of all words have it.
    """
    found = [_phrase(match[1] or match[2] or "", quoted=match[1] is not None) for match in PART.finditer(text)]
    wanted = [one for one in found if one.words]
    if not wanted or len(text) > LONGEST:
        raise Invalid(f"This must hold a word, and be at most {LONGEST} characters long.", field="q")
    if any(one.begun and len(one.words[-1]) < SHORTEST_BEGINNING for one in wanted):
        raise Invalid("Before a * there must be at least two letters or digits, such as in: ab*.", field="q")
    return wanted


def _phrase(text: str, *, quoted: bool) -> Phrase:
    return Phrase(tuple(WORD.findall(text)), begun=text.endswith("*") and not quoted)


@dataclass(frozen=True)
class Searched:
    """A table whose words are kept: its ids, and the table that holds the words on SQLite."""

    id: InstrumentedAttribute[int]
    index: str

    def newest(self, wanted: Sequence[Phrase], query: Select[Any], *, last: int | None, most: int) -> list[Any]:
        """At most so many rows of a query that have the words, the newest first, from behind the id ``last`` on."""
        read = self._on_postgresql if db.engine.dialect.name == "postgresql" else self._on_sqlite
        return read(wanted, query.limit(most), last, most)

    def _on_sqlite(self, wanted: Sequence[Phrase], query: Select[Any], last: int | None, _most: int) -> list[Any]:
        """The words are read in the order of the ids."""
        words = sa.table(self.index, sa.column("rowid"), sa.column(self.index))
        query = query.join(words, words.c.rowid == self.id).where(words.c[self.index].op("MATCH")(_for_sqlite(wanted)))
        if last is not None:
            query = query.where(words.c.rowid < last)
        return list(db.session.scalars(query.order_by(words.c.rowid.desc())))

    def _on_postgresql(self, wanted: Sequence[Phrase], query: Select[Any], last: int | None, most: int) -> list[Any]:
        """Look among the newest rows first, which have a frequent word; then by the index, which has few of others.

        Left to itself the planner guesses how frequent a word is, and may walk through the whole table for a rare one.
        """
        words: Any = sa.literal_column(f"{self.id.class_.__tablename__}.words")
        before = last if last is not None else (db.session.scalar(select(sa.func.max(self.id))) or 0) + 1
        query = query.where(words.op("@@")(sa.func.to_tsquery(SIMPLE, _for_postgresql(wanted))), self.id < before)
        near = query.where(self.id >= before - NEAR).order_by(self.id.desc())
        found = list(db.session.scalars(near))
        return found if len(found) == most else list(db.session.scalars(query.order_by((self.id + 0).desc())))


def _for_postgresql(wanted: Sequence[Phrase]) -> str:
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in one.words) + (":*" if one.begun else "") + ")" for one in wanted
    )


def _for_sqlite(wanted: Sequence[Phrase]) -> str:
    return " AND ".join(f'"{" ".join(one.words)}"' + (" *" if one.begun else "") for one in wanted)


def snippet(text: str, wanted: Sequence[Phrase]) -> str:
    """A line of the text around the first place that was found, and every such place in it marked."""
    text, pattern = text[:SEARCHED], _pattern(wanted)
    match = pattern.search(text)
    start = max(0, match.start() - BEFORE) if match else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    line = " ".join(text[start : start + SHOWN].split())
    before, behind = "… " if start else "", " …" if start + SHOWN < len(text) else ""
    return before + pattern.sub(lambda found: f"{MARK}{found[0]}{MARK}", line) + behind


def _pattern(wanted: Sequence[Phrase]) -> re.Pattern[str]:
    places = [r"[\W_]+".join(map(re.escape, one.words)) + (r"[^\W_]*" if one.begun else "") for one in wanted]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(places)})(?![^\W_])", re.IGNORECASE)
