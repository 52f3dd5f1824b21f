"""The words of a search: what was asked for, how each database is asked for it, and where a text has it.

A word is a run of letters and digits, in every case. What is asked for are such words and nothing else: whatever else
a database would take for an operator stands between words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.errors import Invalid
from app.extensions import Base, db

LONGEST = 200
SEARCHED = 100_000
BEFORE, SHOWN = 60, 200
MARK = "**"

WORD = re.compile(r"[^\W_]+")
PART = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side; the last one may be only begun."""

    words: tuple[str, ...]
    begun: bool = False


def phrases(text: str) -> list[Phrase]:
    """What a search asks for: words, words side by side in quotes, and with ``*`` behind them the beginnings of words.

    Raises Invalid when no word is among it.
    """
    found = [_phrase(match[1] or match[2] or "", quoted=match[1] is not None) for match in PART.finditer(text)]
    wanted = [one for one in found if one.words]
    if not wanted or len(text) > LONGEST:
        raise Invalid(f"This must hold a word, and be at most {LONGEST} characters long.", field="q")
    return wanted


def _phrase(text: str, *, quoted: bool) -> Phrase:
    return Phrase(tuple(WORD.findall(text)), begun=text.endswith("*") and not quoted)


@dataclass(frozen=True)
class Found:
    """Rows that have the words: how the table of words is joined, on what, and the condition that they match."""

    table: sa.FromClause | None
    id: sa.ColumnElement[int] | InstrumentedAttribute[int]
    matches: sa.ColumnElement[bool]


def having(model: type[Base], id: InstrumentedAttribute[int], index: str, wanted: Sequence[Phrase]) -> Found:
    """How rows of a table are found by their words; ``index`` is the table that holds them on SQLite."""
    if db.engine.dialect.name == "postgresql":
        words: Any = sa.literal_column(f"{model.__tablename__}.words")
        asked = sa.func.to_tsquery(sa.literal_column("'simple'::regconfig"), _for_postgresql(wanted))
        return Found(None, id, words.op("@@")(asked))
    table = sa.table(index, sa.column("rowid"), sa.column(index))
    return Found(table, table.c.rowid, table.c[index].op("MATCH")(_for_sqlite(wanted)))


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
