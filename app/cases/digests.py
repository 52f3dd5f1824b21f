"""What a list shows of what was written on each case and thought of it: for a whole page in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cases.attachments import Attachment
from app.cases.links import Link, Purpose
from app.cases.models import Case, Post, PostKind
from app.cases.queries import shown
from app.cases.ratings import Rating
from app.cases.read_markers import ReadMarker, ReadSoFar
from app.extensions import db
from app.people.models import Person

LONGEST_PREVIEW = 1000
READER = sa.bindparam("reader", type_=sa.Integer)


@dataclass(frozen=True)
class Digest:
    """How much was written on a case, the last of it, how it was rated, or that this was asked.

    ``message`` is the last public one.
    """

    posts: int = 0
    notes: int = 0
    pinned_notes: int = 0
    files: bool = False
    kind: PostKind | None = None
    preview: str | None = None
    message: int | None = None
    channel: str | None = None
    score: str | None = None
    asked: bool = False
    read: ReadSoFar = ReadSoFar(0)


NOTHING = Digest()


def digests_of(cases: Sequence[Case], reader: Person) -> Mapping[int, Digest]:
    """By the ids of the cases, with how far the reader has read each. What was deleted or waits does not count."""
    found = {one.id: NOTHING for one in cases}
    asked = {"cases": [*found], "reader": reader.id}
    for case_id, *facts in db.session.execute(_digests(), asked) if cases else ():
        found[case_id] = Digest(*[*facts[:-4], ReadSoFar(*facts[-4:])])
    return found


@cache
def _digests() -> sa.Select[*tuple[Any, ...]]:
    """Put together once, since every page of a list asks for it."""
    counted, last, message = _counted().subquery(), aliased(Post), aliased(Post)
    return (
        select(
            *(counted.c.case_id, counted.c.posts, counted.c.notes, counted.c.pinned_notes, counted.c.files),
            *(last.kind, func.substr(last.body, 1, LONGEST_PREVIEW).label("preview")),
            *(message.id.label("message"), message.channel),
            _score(counted.c.case_id).label("score"),
            _asked(counted.c.case_id).label("asked"),
            *(counted.c.unread, ReadMarker.id, ReadMarker.post_id, ReadMarker.read_at),
        )
        .join(last, last.id == counted.c.last)
        .outerjoin(message, message.id == counted.c.message)
        .outerjoin(ReadMarker, _his(counted.c.case_id))
    )


def _his(case_id: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    return sa.and_(ReadMarker.case_id == case_id, ReadMarker.person_id == READER)


def _counted() -> sa.Select[*tuple[Any, ...]]:
    """How many posts each case has, how many of others the reader has not read, and which is the last."""
    unread = sa.and_(Post.id > func.coalesce(ReadMarker.post_id, 0), Post.author_id != READER)
    note, message = Post.kind == PostKind.NOTE, Post.kind == PostKind.MESSAGE
    with_files = sa.exists().where(Attachment.post_id == Post.id)
    return (
        select(
            Post.case_id,
            func.count().label("posts"),
            _many(unread).label("unread"),
            _many(note).label("notes"),
            _many(sa.and_(note, Post.pinned_at.is_not(None))).label("pinned_notes"),
            (_many(with_files) > 0).label("files"),
            func.max(Post.id).label("last"),
            func.max(sa.case((message, Post.id))).label("message"),
        )
        .outerjoin(ReadMarker, _his(Post.case_id))
        .where(Post.case_id.in_(sa.bindparam("cases", expanding=True)), *shown())
        .group_by(Post.case_id)
    )


def _many(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return func.sum(sa.case((which, 1), else_=0))


def _asked(case_id: sa.ColumnElement[int]) -> sa.Exists:
    """Whether its requester was sent a link by which to rate it."""
    his = sa.exists().where(Case.id == Link.case_id, Case.requester_id == Link.person_id)
    return sa.exists().where(Link.case_id == case_id, Link.purpose == Purpose.RATE, his)


def _score(case_id: sa.ColumnElement[int]) -> sa.ScalarSelect[str]:
    """What its requester thinks of a case, or else whoever rated it last."""
    his = sa.exists().where(Case.id == Rating.case_id, Case.requester_id == Rating.person_id)
    query = select(Rating.score).where(Rating.case_id == case_id, Rating.post_id.is_(None))
    return query.order_by(sa.case((his, 1), else_=0).desc(), Rating.id.desc()).limit(1).scalar_subquery()
