"""What pictures are like: how large, and a small one of each. A job finds that out, after the content was kept.

Pictures come from anybody. Nothing is decoded that says of itself that it is too large, in no request and in no
transaction.
"""

from __future__ import annotations

import logging
import struct
import warnings
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

import sqlalchemy as sa
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.database import insert_if_absent
from app.extensions import Base, db
from app.files.downloads import PICTURES
from app.files.kept import Kept
from app.files.models import File
from app.files.storing import keep, open_content, store

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_PIXELS = 25_000_000
LARGEST = 25 * 1024 * 1024
SIDE = 200
KIND, ENDING = "image/png", "png"
BATCH = 100
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3

# What a decoder raises over bytes that are no picture, or a bad one.
BROKEN = (
    *(OSError, EOFError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError),
    *(struct.error, zlib.error, Image.DecompressionBombError),
)

log = logging.getLogger(__name__)


class Picture(Base):
    """What is known of a content that is said to be a picture. Until ``due_at`` is nothing it is to be looked at.

    What is none, or too large, has no width. That a content is spoken of here is no use of it.
    """

    __tablename__ = "pictures"
    __table_args__ = (
        sa.Index(
            "ix_pictures_due_at_file_id",
            "due_at",
            "file_id",
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        ),
    )

    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"), primary_key=True, autoincrement=False)
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    width: Mapped[int | None]
    height: Mapped[int | None]
    thumbnail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("files.id"), index=True)
    thumbnail_width: Mapped[int | None]
    thumbnail_height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True)
class Seen:
    """A picture that was looked at: how large it is, and a small one of it."""

    width: int
    height: int
    small: bytes
    small_width: int
    small_height: int


def note_picture(file: File, content_type: str) -> None:
    """Note that a content is to be looked at, if it is said to be a picture of a kind that is shown."""
    if content_type in PICTURES:
        insert_if_absent(Picture, file_id=file.id, due_at=now(), attempts=0, created_at=now())


def pictures_of(file_ids: Collection[int]) -> Mapping[int, tuple[Picture, File | None]]:
    """What is known of these contents, and their small pictures, for all at once."""
    query = select(Picture, File).outerjoin(File, File.id == Picture.thumbnail_id)
    rows = db.session.execute(query.where(Picture.file_id.in_(file_ids), Picture.width.is_not(None)))
    return {picture.file_id: (picture, small) for picture, small in rows}


def thumbnail_of(file: File) -> File | None:
    """The small picture of a content, if there is one."""
    return next((small for _, small in pictures_of([file.id]).values()), None)


def due_pictures() -> Sequence[int]:
    """The ids of a batch of contents that are to be looked at."""
    query = select(Picture.file_id).where(Picture.due_at <= now()).order_by(Picture.due_at, Picture.file_id)
    return db.session.scalars(query.limit(BATCH)).all()


def claim_picture(file_id: int) -> Kept | None:
    """The content, for whoever looks at it now; None when somebody else does, or it was tried often enough."""
    due = Picture.file_id == file_id, Picture.due_at <= now()
    more, later = sa.case((Picture.attempts < MOST_ATTEMPTS, now() + LEASE), else_=None), Picture.attempts + 1
    claimed = sa.update(Picture).where(*due).values(due_at=more, attempts=later).returning(Picture.due_at)
    row = db.session.execute(claimed, execution_options={"synchronize_session": False}).first()
    file = db.session.get(File, file_id) if row and row[0] is not None else None
    return Kept(file.sha256, file.size) if file else None


def look_at(kept: Kept) -> Seen | None:
    """Decode a picture and make a small one of it. None for what is no picture, is broken or is too large.

    Raises Gone or StoreAway.
    """
    if kept.size > LARGEST:
        return None
    with open_content(kept) as content:
        return seen_in(content)


def seen_in(content: BinaryIO) -> Seen | None:
    """The same of some bytes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(content)
    except BROKEN as error:
        log.info("picture not decoded error=%s", type(error).__name__)
        return None


def _decoded(content: BinaryIO) -> Seen | None:
    with Image.open(content, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            return None
        picture.draft("RGB", (SIDE, SIDE))  # a JPEG need not be decoded as a whole
        small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    small.thumbnail((SIDE, SIDE))
    out = BytesIO()
    small.save(out, KIND.partition("/")[2])
    return Seen(width, height, out.getvalue(), *small.size)


def keep_small(seen: Seen) -> Kept:
    """Make the small picture durable, before the row that speaks of it."""
    return keep(seen.small)


def settle_picture(file_id: int, seen: Seen | None, small: Kept | None) -> None:
    """Note what a content is like. One that has gone meanwhile is left alone."""
    picture = db.session.get(Picture, file_id, with_for_update=True)
    if picture is None:
        return
    picture.due_at = None
    if seen and small:
        picture.width, picture.height = seen.width, seen.height
        picture.thumbnail_id = store(small).id
        picture.thumbnail_width, picture.thumbnail_height = seen.small_width, seen.small_height


def forget_picture(file: File) -> None:
    """A content goes: what is known of it goes too, and its small picture may be used by nobody now."""
    gone = sa.delete(Picture).where(Picture.file_id == file.id).returning(Picture.thumbnail_id)
    small = db.session.scalars(gone, execution_options={"synchronize_session": False}).first()
    if small is not None:
        db.session.execute(sa.update(File).where(File.id == small).values(unused_at=now()))
