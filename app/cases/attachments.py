"""Files in posts: what is known of each, and who may see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.cases.content import NewFile
from app.cases.models import Case, Post
from app.clock import now
from app.errors import NotFound
from app.extensions import Base, db
from app.files.models import File
from app.files.pictures import note_picture
from app.files.storing import store
from app.text import storable

LONGEST_NAME = 255
CONTENT_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,126}/[a-z0-9][\w.+-]{0,126}", re.A)
ANY_TYPE = "application/octet-stream"
# They name people's addresses, in places where we change nothing.
UNMASKED_TYPES = frozenset(
    {
        "application/ics",
        "application/ms-tnef",
        "application/vnd.ms-outlook",
        "application/vnd.ms-tnef",
        "text/calendar",
        "text/directory",
        "text/vcard",
        "text/x-vcalendar",
        "text/x-vcard",
    }
)
UNMASKED_NAMES = (".eml", ".ics", ".mbox", ".msg", ".vcf", "winmail.dat")


class Attachment(Base):
    """A file in a post. Its name is what the sender called it: metadata, never a path."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    post_id: Mapped[int] = mapped_column(sa.ForeignKey("posts.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    content_type: Mapped[str] = mapped_column(sa.String(255))
    content_id: Mapped[str | None] = mapped_column(sa.String(255))
    inline: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    file: Mapped[File] = relationship(lazy="joined", innerjoin=True)

    @property
    def unmasked(self) -> bool:
        """Whether this is a kind of file that names people's addresses: another mail, an appointment, a contact."""
        kind = self.content_type
        return kind.startswith("message/") or kind in UNMASKED_TYPES or self.name.lower().endswith(UNMASKED_NAMES)


def new_attachment(file: NewFile) -> Attachment:
    """A file for a post, its content stored; what was said about it is made harmless."""
    content, content_type = store(file.content), clean_type(file.content_type)
    note_picture(content, content_type)
    return Attachment(
        file=content,
        name=clean_name(file.name),
        content_type=content_type,
        content_id=_clean_id(file.content_id),
        inline=file.inline,
    )


def clean_name(name: str) -> str:
    """The last part of what may be a path, without what cannot be seen; its end says what it is, and stays."""
    last = re.split(r"[/\\]", storable(name))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Zl", "Zp"}).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    if len(seen) > LONGEST_NAME and 0 < len(ending) < LONGEST_NAME // 2:
        return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return seen[:LONGEST_NAME] or "file"


def clean_type(content_type: str) -> str:
    """What a file is said to be, without what else was said; bytes, where that is no type."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind if CONTENT_TYPE.fullmatch(kind) else ANY_TYPE


def _clean_id(content_id: str | None) -> str | None:
    return storable(content_id).strip("<> ")[:LONGEST_NAME] or None if content_id else None


def attachments_numbered(ids: Collection[int]) -> dict[int, Attachment]:
    """The files with these ids that are in a post now, by them."""
    query = select(Attachment).join(Post, Post.id == Attachment.post_id)
    found = db.session.scalars(query.where(Attachment.id.in_(ids), Post.deleted_at.is_(None)))
    return {one.id: one for one in found}


def attachment_by_uuid(uuid: UUID) -> Attachment:
    """Any file that is in a post now, for the team. Raises NotFound."""
    query = select(Attachment).join(Post, Post.id == Attachment.post_id)
    found = db.session.scalar(query.where(Attachment.uuid == uuid, Post.deleted_at.is_(None)))
    if found is None:
        raise NotFound("There is no such file.")
    return found


def latest_attachments(case: Case, *, most: int, among: Collection[UUID] = ()) -> list[Attachment]:
    """The latest files in the posts of a case, the newest first, and these files of whatever case."""
    present = select(Attachment.id).join(Post, Post.id == Attachment.post_id).where(Post.deleted_at.is_(None))
    latest = present.where(Post.case_id == case.id).order_by(Attachment.id.desc()).limit(most).subquery()
    wanted = Attachment.id.in_(select(latest.c.id)) | Attachment.id.in_(present.where(Attachment.uuid.in_(among)))
    return list(db.session.scalars(select(Attachment).where(wanted).order_by(Attachment.id.desc())))
