"""Finding messages and notes: one of them, and pages of them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.cases.models import Case, Post, PostKind
from app.cases.queries import shown, written
from app.errors import NotFound
from app.extensions import db


def post_in(case: Case, uuid: UUID, kind: PostKind) -> Post:
    """The message or note of this case, also one that waits to be sent. Raises NotFound."""
    query = select(Post).where(Post.uuid == uuid, Post.case_id == case.id, Post.kind == kind)
    post = db.session.scalar(query.where(Post.deleted_at.is_(None)))
    if post is None:
        raise NotFound(f"There is no such {kind} on this case.")
    return post


def post_by_uuid(case: Case, uuid: UUID) -> Post:
    """What was written on this case, whether a message or a note. Raises NotFound."""
    post = db.session.scalar(select(Post).where(Post.uuid == uuid, *written(case)))
    if post is None:
        raise NotFound("There is no such message or note on this case.")
    return post


def latest_post(case: Case) -> Post | None:
    """The last thing that was written on this case."""
    return db.session.scalar(select(Post).where(*written(case)).order_by(Post.id.desc()).limit(1))


def posts_with_ids(ids: Collection[int]) -> dict[int, Post]:
    """The posts with these ids that are there, by them."""
    return {one.id: one for one in db.session.scalars(select(Post).where(Post.id.in_(ids), *shown()))}


def post_numbered(case: Case, number: int, *kinds: PostKind) -> Post:
    """The post of this case with this number, if it is of one of these kinds. Raises NotFound."""
    query = select(Post).where(Post.id == number, *_there(case), Post.kind.in_(kinds))
    post = db.session.scalar(query)
    if post is None:
        raise NotFound(f"There is no such {' or '.join(kinds)} on this case.")
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
    return _page([*_there(case), Post.send_at.is_not(None)], after, limit)


def posts_of(case: Case, *, skip: int, limit: int, latest_first: bool = False) -> list[Post]:
    """Messages and notes in the order of their ids, those that wait to be sent among them, without the first few."""
    order = Post.id.desc() if latest_first else Post.id
    return list(db.session.scalars(select(Post).where(*_there(case)).order_by(order).offset(skip).limit(limit)))


def post_count(case: Case) -> int:
    """How many these are."""
    return db.session.scalar(select(func.count()).select_from(Post).where(*_there(case))) or 0


def channels_used(case: Case) -> list[tuple[str, PostKind]]:
    """Through which channels messages and notes came, in the order in which they did first."""
    query = select(Post.channel, Post.kind).where(*_there(case)).group_by(Post.channel, Post.kind)
    return [(channel, kind) for channel, kind in db.session.execute(query.order_by(func.min(Post.id)))]


def _there(case: Case) -> Sequence[ColumnElement[bool]]:
    return [Post.case_id == case.id, Post.deleted_at.is_(None)]


def _page(which: Sequence[ColumnElement[bool]], after: int, limit: int) -> list[Post]:
    query = select(Post).where(*which, Post.id > after)
    return list(db.session.scalars(query.order_by(Post.id).limit(limit)))
