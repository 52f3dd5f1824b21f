"""Finding messages and notes: one of them, and pages of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.cases.models import Case, Post, PostKind
from app.cases.queries import written
from app.errors import NotFound
from app.extensions import db


def post_in(case: Case, uuid: UUID, kind: PostKind) -> Post:
    """The message or note of this case, also one that waits to be sent. Raises NotFound."""
    query = select(Post).where(Post.uuid == uuid, Post.case_id == case.id, Post.kind == kind)
    post = db.session.scalar(query.where(Post.deleted_at.is_(None)))
    if post is None:
        raise NotFound(f"There is no such {kind} on this case.")
    return post


def messages_in(case: Case, uuids: Sequence[UUID]) -> list[Post]:
    """Those of these messages that have been sent on this case."""
    query = select(Post).where(*written(case), Post.kind == PostKind.MESSAGE, Post.uuid.in_(uuids))
    return list(db.session.scalars(query.order_by(Post.id)))


def posts_page(case: Case, kind: PostKind, *, after: int, limit: int) -> list[Post]:
    """Messages or notes in the order of their ids, from the one behind ``after`` on; at most ``limit``."""
    return _page([*written(case), Post.kind == kind], after, limit)


def waiting_page(case: Case, *, after: int, limit: int) -> list[Post]:
    """The messages that wait to be sent, likewise."""
    return _page([Post.case_id == case.id, Post.deleted_at.is_(None), Post.send_at.is_not(None)], after, limit)


def _page(which: Sequence[ColumnElement[bool]], after: int, limit: int) -> list[Post]:
    query = select(Post).where(*which, Post.id > after)
    return list(db.session.scalars(query.order_by(Post.id).limit(limit)))
