"""Cases as a table (CSV after RFC 4180, in UTF-8 with a byte order mark, without which Excel takes it for another).

What a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises: at the beginning of a text,
whatever blanks stand before it, and behind what ends a cell for a program that takes the table for one of another kind.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from sqlalchemy import func, select

from app.cases.models import Case, Post, PostKind
from app.cases.queries import in_any
from app.export.facts import Json, moment, told_facts
from app.extensions import db

CONTENT_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"
SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]"  # also as wide and as small letters
UNSEEN = "[\\s\u00ad\u200b-\u200f\u2060\ufeff]*"
FORMULA = re.compile(rf"^(?={UNSEEN}{SIGNS})|^(?=[\t\r\n])|(?<=[;\t\r\n])(?={SIGNS})")
WORDS = (
    "uuid",
    "reference",
    "external_id",
    "subject",
    "state",
    "status",
    "custom_status",
    "form",
    "priority",
    "type",
    "category",
    "channel",
    "language",
)
PERSONS = ("creator", "requester", "assignee")
LATEST = ("last_post_at", "last_customer_post_at", "last_team_post_at")
MOMENTS = ("created_at", "updated_at", "confirmed_at", "closed_at", "spam_at", "trashed_at", "snoozed_until")
COLUMNS = (
    *WORDS,
    "tags",
    *(f"{person}_{part}" for person in PERSONS for part in ("name", "email")),
    "team",
    "organization",
    "messages",
    "notes",
    *MOMENTS,
    *LATEST,
    "meta",
)


def header(fields: Sequence[str]) -> bytes:
    """The first line, with a column for each of these fields of the operator's own."""
    return (MARK + _line([*COLUMNS, *(f"fields.{key}" for key in fields)])).encode()


def table_rows(cases: Sequence[Case], fields: Sequence[str]) -> Iterator[bytes]:
    """A line for each case."""
    counts, facts = _counts(cases), told_facts(cases, {})
    for case in cases:
        yield _line(_cells(case, facts[case.id], counts, fields)).encode()


def _counts(cases: Sequence[Case]) -> Mapping[tuple[int, PostKind], int]:
    query = select(Post.case_id, Post.kind, func.count()).where(*in_any(cases)).group_by(Post.case_id, Post.kind)
    return {(case_id, kind): number for case_id, kind, number in db.session.execute(query)}


def _cells(case: Case, facts: Json, counts: Mapping[tuple[int, PostKind], int], fields: Sequence[str]) -> Iterator[Any]:
    yield from (facts[name] for name in WORDS)
    yield ", ".join(facts["tags"])
    yield from ((facts[name] or {}).get(part) for name in PERSONS for part in ("name", "email"))
    yield from (facts["team"], facts["organization"])
    yield from (counts.get((case.id, kind), 0) for kind in (PostKind.MESSAGE, PostKind.NOTE))
    yield from (facts[name] for name in MOMENTS)
    yield from (moment(getattr(case, name)) for name in LATEST)
    yield json.dumps(facts["meta"], ensure_ascii=False) if facts["meta"] else None
    yield from (facts["fields"].get(key) for key in fields)


def _line(cells: Iterable[Any]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def guarded(cell: Any) -> Any:
    """What stands in a cell: nothing a spreadsheet would compute. Numbers are not texts, and stay as they are."""
    if isinstance(cell, list):
        cell = ", ".join(str(one) for one in cell)
    if isinstance(cell, bool):
        return str(cell).lower()
    return FORMULA.sub("'", cell) if isinstance(cell, str) else cell
