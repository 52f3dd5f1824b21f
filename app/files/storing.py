"""Keeping contents and getting them back. The bytes are durable before the row that speaks of them is committed.

A crash in between leaves a content that nobody speaks of, never a row without its bytes.
"""

import hashlib
import logging
from typing import BinaryIO, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.config import deployed
from app.crash import CrashPoint, crash_point
from app.errors import Gone
from app.extensions import db
from app.files.disk import Disk
from app.files.models import File

log = logging.getLogger(__name__)


class Store(Protocol):
    """Where the bytes lie."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep a content, durably. Keeping it twice is keeping it once."""

    def open(self, sha256: str) -> BinaryIO:
        """Raises FileNotFoundError for a content that is not there."""

    def remove(self, sha256: str) -> None:
        """Keep a content no longer. One that is not there stays so."""


def _store() -> Store:
    """The one place that chooses."""
    return Disk(deployed().data_dir / "files")


def keep(content: bytes) -> str:
    """Make a content durable, without a row that speaks of it. Returns its SHA-256.

    Whoever has many does this before his transaction: the disk takes its time, and others wait for the database.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    _store().put(sha256, content)
    return sha256


def store(content: bytes) -> File:
    """Keep a content, once however often it comes."""
    sha256 = keep(content)
    crash_point(CrashPoint.FILES_STORED)
    file = _known(sha256) or _noted(sha256, len(content))
    _store().put(sha256, content)  # until there was a row that spoke of it, somebody could have removed it
    return file


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


def open_file(file: File) -> BinaryIO:
    """The content, to be read and closed. Raises Gone when the store has lost it."""
    try:
        return _store().open(file.sha256)
    except FileNotFoundError:
        log.error("content missing file=%s sha256=%s", file.id, file.sha256)
        raise Gone(f"The content of this file is missing here (file {file.id}).", file=file.id) from None


def read_file(file: File) -> bytes:
    """The whole content. Raises Gone as ``open_file`` does."""
    with open_file(file) as content:
        return content.read()
