"""Keeping contents and getting them back. The bytes are durable before the row that speaks of them is committed.

A crash in between leaves a content that nobody speaks of, never a row without its bytes.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.config import deployed
from app.config.bucket import Bucket
from app.crash import CrashPoint, crash_point
from app.errors import Gone, Overtaken
from app.extensions import db
from app.files.disk import Disk
from app.files.kept import Kept
from app.files.models import File

if TYPE_CHECKING:
    from app.files.s3 import S3

PIECE = 64 * 1024

log = logging.getLogger(__name__)


class Store(Protocol):
    """Where the bytes lie. What lies elsewhere, and cannot be reached, raises StoreAway."""

    def put(self, sha256: str, size: int, content: BinaryIO) -> None:
        """Keep a content, durably. Keeping it twice is keeping it once, and makes it young again."""

    def open(self, sha256: str) -> BinaryIO:
        """Raises FileNotFoundError for a content that is not there."""

    def remove(self, sha256: str) -> None:
        """Keep a content no longer. One that is not there stays so."""

    def aged(self, part: str, before: datetime) -> Iterator[Kept]:
        """What begins with these two digits and was put for the last time before this moment."""


def _store() -> Store:
    """The one place that chooses."""
    where = deployed()
    if where.bucket is None:
        return Disk(where.data_dir / "files")
    return _s3(where.bucket)


def _s3(bucket: Bucket) -> S3:
    """Imported here, since boto3 is for those alone who use it."""
    from app.files.s3 import S3

    return S3(bucket)


def check_store() -> None:
    """Raises BadConfiguration, in a plain sentence, for a bucket that cannot be used."""
    bucket = deployed().bucket
    if bucket is not None:
        _s3(bucket).check()


def keep(content: bytes | BinaryIO) -> Kept:
    """Make a content durable, without a row that speaks of it. What is read piece by piece is never held as a whole.

    Whoever has many does this before his transaction: the disk takes its time, and others wait for the database.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    kept = _measured(stream)
    stream.seek(0)
    _store().put(kept.sha256, kept.size, stream)
    return kept


def _measured(stream: BinaryIO) -> Kept:
    stream.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return Kept(digest.hexdigest(), size)


def store(content: bytes | Kept) -> File:
    """The row of a content, once however often it comes; kept first, if that has not been done."""
    kept = keep(content) if isinstance(content, bytes) else content
    crash_point(CrashPoint.FILES_STORED)
    file = _known(kept.sha256) or _noted(kept.sha256, kept.size)
    # Until there was a row that spoke of it, somebody could have removed it.
    if isinstance(content, bytes):
        keep(content)
    else:
        _check_kept(content)
    return file


def _check_kept(kept: Kept) -> None:
    try:
        _store().open(kept.sha256).close()
    except FileNotFoundError:
        raise Overtaken("A file was removed at the moment it came again. Please send it once more.") from None


def _known(sha256: str) -> File | None:
    return db.session.scalar(select(File).where(File.sha256 == sha256))


def _noted(sha256: str, size: int) -> File:
    file = File(sha256=sha256, size=size)
    try:
        with db.session.begin_nested():
            db.session.add(file)
    except IntegrityError:  # somebody else stored the same at the same moment
        return db.session.scalars(select(File).where(File.sha256 == sha256)).one()
    return file


def remove(sha256: str) -> None:
    """Keep a content no longer. Whoever removes it holds its row, deleted, until the end of his transaction."""
    _store().remove(sha256)


def aged_contents(part: str, before: datetime) -> Iterator[Kept]:
    """The contents whose SHA-256 begins so, and which nobody has put since this moment."""
    return _store().aged(part, before)


def open_file(file: File) -> BinaryIO:
    """The content, to be read and closed. Raises Gone when the store has lost it."""
    try:
        return _store().open(file.sha256)
    except FileNotFoundError:
        log.error("content missing file=%s sha256=%s", file.id, file.sha256)
        raise Gone(f"The content of this file is missing here (file {file.id}).", file=file.id) from None


def open_content(kept: Kept) -> BinaryIO:
    """The same for whoever is in no transaction. Raises Gone."""
    try:
        return _store().open(kept.sha256)
    except FileNotFoundError:
        log.error("content missing sha256=%s", kept.sha256)
        raise Gone("The content of this file is missing here.") from None


def opening() -> Callable[[Kept], BinaryIO]:
    """What opens contents, also when the call or the job is over. Raises FileNotFoundError for one that is lost."""
    store = _store()
    return lambda kept: store.open(kept.sha256)


def read_file(file: File) -> bytes:
    """The whole content. Raises Gone as ``open_file`` does."""
    with open_file(file) as content:
        return content.read()
