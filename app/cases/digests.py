"""What a list shows of what was written on each case and thought of it: for a whole page in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cases.attachments import Attachment
from app.cases.models import Case, Post, PostKind
from app.cases.queries import in_any
from app.cases.ratings import Rating
from app.extensions import db

LONGEST_PREVIEW = 1000


@dataclass(frozen=True)
class Digest:
    """How much was written on a case, the last of it, and how it was rated. ``message`` is the last public one."""

    posts: int = 0
    notes: int = 0
    pinned_notes: int = 0
    files: bool = False
    kind: PostKind | None = None
    preview: str | None = None
    message: int | None = None
    channel: str | None = None
    score: str | None = None


NOTHING = Digest()


def digests_of(cases: Sequence[Case]) -> Mapping[int, Digest]:
    """By the ids of the cases. What was deleted or waits to be sent does not count."""
    counted, last, message = _counted(cases).subquery(), aliased(Post), aliased(Post)
    query = (
        select(
            *(counted.c.case_id, counted.c.posts, counted.c.notes, counted.c.pinned_notes, counted.c.files),
            *(last.kind, func.substr(last.body, 1, LONGEST_PREVIEW).label("preview")),
            *(message.id.label("message"), message.channel),
            _score(counted.c.case_id).label("score"),
        )
        .join(last, last.id == counted.c.last)
        .outerjoin(message, message.id == counted.c.message)
    )
    found = {one.id: NOTHING for one in cases}
    for case_id, *facts in db.session.execute(query) if cases else ():
        found[case_id] = Digest(*facts)
    return found


def _counted(cases: Sequence[Case]) -> sa.Select[*tuple[Any, ...]]:
    """How many posts each case has, and which is the last."""
    note, message = Post.kind == PostKind.NOTE, Post.kind == PostKind.MESSAGE
    with_files = sa.exists().where(Attachment.post_id == Post.id)
    return (
        select(
            Post.case_id,
            func.count().label("posts"),
            _many(note).label("notes"),
            _many(sa.and_(note, Post.pinned_at.is_not(None))).label("pinned_notes"),
            (_many(with_files) > 0).label("files"),
            func.max(Post.id).label("last"),
            func.max(sa.case((message, Post.id))).label("message"),
        )
        .where(*in_any(cases))
        .group_by(Post.case_id)
    )


def _many(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return func.sum(sa.case((which, 1), else_=0))


def _score(case_id: sa.ColumnElement[int]) -> sa.ScalarSelect[str]:
    """What its requester thinks of a case, or else whoever rated it last."""
    his = sa.exists().where(Case.id == Rating.case_id, Case.requester_id == Rating.person_id)
    query = select(Rating.score).where(Rating.case_id == case_id, Rating.post_id.is_(None))
    return query.order_by(sa.case((his, 1), else_=0).desc(), Rating.id.desc()).limit(1).scalar_subquery()
