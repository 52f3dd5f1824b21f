"""Contents that may have lost their last use. They are forgotten one by one, apart from what took the use away."""

import sqlalchemy as sa
from sqlalchemy import select

from app.cases.attachments import Attachment
from app.cases.models import Case, Post
from app.clock import now
from app.extensions import Base, db
from app.files.models import File
from app.files.pictures import Picture, forget_picture
from app.files.storing import remove

BATCH = 100
KNOWN = Picture.__table__.c.file_id


def doubt_files(case: Case) -> None:
    """Note that the contents in a case may be used by nobody once it is gone."""
    held = select(Attachment.file_id).join(Post, Post.id == Attachment.post_id).where(Post.case_id == case.id)
    db.session.execute(sa.update(File).where(File.id.in_(held)).values(unused_at=now()))


def doubted_files(*, skip: int) -> list[int]:
    """The ids of a batch of contents that may be used by nobody."""
    query = select(File.id).where(File.unused_at.is_not(None)).order_by(File.unused_at, File.id)
    return list(db.session.scalars(query.offset(skip).limit(BATCH)))


def forget_if_unused(file_id: int) -> bool:
    """Remove a content that nobody uses. Says that nothing is left to be done.

    The row is held until its bytes are gone: whoever wants to use it meanwhile waits, and then stores it anew.
    """
    file = db.session.get(File, file_id, with_for_update=True, populate_existing=True)
    if file is None:
        return True
    if _used(file):
        file.unused_at = None
        return True
    forget_picture(file)
    db.session.delete(file)
    db.session.flush()
    remove(file.sha256)
    return True


def _used(file: File) -> bool:
    """Whether any row of any table speaks of it, but for what it is like."""
    keys = (key for table in Base.metadata.tables.values() for key in table.foreign_keys)
    uses = [key.parent for key in keys if key.column is File.__table__.c.id and key.parent is not KNOWN]
    return any(db.session.scalar(select(sa.exists().where(column == file.id))) for column in uses)
