"""Going through all places, some rows at a time, and changing those in which something has to go.

How far each place is, is plain JSON. The end is reached when a turn finds less in every place than it could have looked
at, so that what was written meanwhile has been seen, too.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from app.clock import now
from app.extensions import Base, db
from app.files.models import File
from app.mail.models import InboundEmail
from app.privacy.mails import struck_mail
from app.privacy.places import Place
from app.privacy.words import Words, occur, strike

Json = dict[str, Any]
Row = sa.Row[Any]
Changes = dict[str, Any]
Rewrite = Callable[[Place, Sequence[Row]], Iterable[Changes | None]]

SECONDS = 1.0  # SQLite has one writer: for about so long a step may keep the others waiting
PLAIN_MAIL = {"raw_emails", "sandbox_emails"}
OWN_TERMS = {"meta_changed", "custom_field_changed"}  # events that hold what an integrator keeps


def walk(where: Iterable[tuple[Place, Sequence[Any]]], reached: Json, counts: Json, rewrite: Rewrite) -> bool:
    """Go on from where it was ``reached``, counting rows that are changed. Says whether the end is reached.

    ``rewrite`` says for each row what changes in it; None: the row goes. After a second it is left off behind a row.
    """
    until = time.monotonic() + SECONDS
    for place, only in where:
        rows = db.session.execute(place.rows(reached.get(place.name), *only)).all()
        for row, changes in zip(rows, rewrite(place, rows), strict=True):
            _settle(place, row, changes, counts)
            reached[place.name] = row._key
            if time.monotonic() > until:
                return False
        if len(rows) == place.most:
            return False
    return True


def _settle(place: Place, row: Row, changes: Changes | None, counts: Json) -> None:
    this = place.row == row._row
    if changes is None:
        if place.name == "attachments":
            doubt([row.file_id])
        db.session.execute(sa.delete(place.table).where(this))
    elif changes:
        db.session.execute(sa.update(place.table).where(this).values(changes))
        if place.name == "raw_emails":
            _note_loss(row.sha256)
    if changes != {}:
        counts[place.name] = counts.get(place.name, 0) + 1


def _note_loss(sha256: str) -> None:
    """Nothing can be decided any more by a mail whose content is gone."""
    lost = sa.update(InboundEmail).where(InboundEmail.sha256 == sha256, InboundEmail.dropped_at.is_(None))
    db.session.execute(lost.values(dropped_at=now()), execution_options={"synchronize_session": False})


def doubt(file_ids: Sequence[int]) -> None:
    """Note that these contents may be used by nobody any more."""
    db.session.execute(sa.update(File).where(File.id.in_(file_ids)).values(unused_at=now()))


def struck_row(place: Place, row: Row, words: Sequence[Words]) -> Changes:
    """What changes in a row when these words are struck out of it."""
    if place.name == "given_answers" and any(occur(text, words) for text in _answer(row)):
        return {"content": None, "status": None, "headers": {}}
    changes: Changes = {}
    for column in place.columns:
        old = getattr(row, column.name)
        new = _struck(place, column, old, row, words)
        if new != old:
            changes[column.name] = new
    if place.name == "posts" and "body" in changes:
        changes["visible"] = None  # its spans no longer fit
    return changes


def _answer(row: Row) -> Iterable[str]:
    """The texts in an answer, whose JSON writes them in a way of its own."""
    content = (row.content or b"").decode("utf-8", "replace")
    try:
        return [content, *_said(json.loads(content))]
    except ValueError:
        return [content]


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _said(part)


def _struck(place: Place, column: sa.Column[Any], old: Any, row: Row, words: Sequence[Words]) -> Any:
    if isinstance(old, bytes):
        return struck_mail(old, words) if place.name in PLAIN_MAIL else old
    new = strike(old, words, free=_free(column, row))
    if column.name == "html" and new and occur(new, words):
        return None  # it stands across tags; the text says the same
    if isinstance(new, str) and new != old:
        return _fitting(column, new, row)
    return new


def _free(column: sa.Column[Any], row: Row) -> bool:
    """Whether what is in a column is said in terms that are not ours."""
    if column.table.name == "events":
        return row.name in OWN_TERMS and column.name in {"old", "new"}
    return column.name == "meta" or str(column) == "custom_field_values.value"


def _fitting(column: sa.Column[Any], text: str, row: Row) -> str | None:
    """As long as the column may be, and another one in each row where it must be."""
    length = getattr(column.type, "length", None)
    if not _unique(column):
        return text[:length]
    if column.nullable:
        return None
    mark = f"-{row._row}"
    return text[: length - len(mark) if length else None] + mark


def _unique(column: sa.Column[Any]) -> bool:
    constraints = column.table.constraints
    return bool(column.unique) or any(
        isinstance(one, sa.UniqueConstraint) and column.name in one.columns for one in constraints
    )


def let_go_of_job_files() -> int:
    """Keep none of the files that jobs have made so far: each may hold what is to be gone, and can be ordered again.

    Those that are being written begin again.
    """
    jobs = Base.metadata.tables["bulk_jobs"]
    writing = jobs.c.finished_at.is_(None), jobs.c.act.startswith("export")
    db.session.execute(sa.update(jobs).where(*writing).values(state={}, done=0))
    held = sa.select(jobs.c.file_id).where(jobs.c.file_id.is_not(None))
    db.session.execute(sa.update(File).where(File.id.in_(held)).values(unused_at=now()))
    gone = sa.update(jobs).where(jobs.c.file_id.is_not(None)).values(file_id=None).returning(jobs.c.id)
    return len(db.session.execute(gone).all())
