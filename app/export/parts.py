"""Contents that are made part by part: each is kept until all are joined, so that what was written is never lost."""

from collections.abc import Callable, Sequence
from io import RawIOBase
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from sqlalchemy import select

from app.extensions import db
from app.files.models import File
from app.files.storing import PIECE, keep, open_file, store

IN_MEMORY = 1024 * 1024


def stored(write: Callable[[BinaryIO], Any]) -> File:
    """Keep what is written; what is much goes to the disk at once."""
    with SpooledTemporaryFile(IN_MEMORY) as out:
        write(cast(BinaryIO, out))
        return store(keep(cast(BinaryIO, out)))


def joined(file_ids: Sequence[int]) -> File:
    """One content of several, in this order, read piece by piece. One alone is that one."""
    found = {file.id: file for file in db.session.scalars(select(File).where(File.id.in_(set(file_ids))))}
    parts = [found[file_id] for file_id in file_ids]
    return parts[0] if len(parts) == 1 else store(keep(cast(BinaryIO, _Joined(parts))))


class _Joined(RawIOBase):
    """Reads contents one behind the other, as often as somebody goes back to the start."""

    def __init__(self, parts: Sequence[File]) -> None:
        self._parts = parts
        self._coming = iter(parts)
        self._open: BinaryIO | None = None

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only to the start."""
        if offset or whence:
            raise OSError("These can only be read from the start.")
        self._coming = iter(self._parts)
        self._leave()
        return 0

    def read(self, size: int = PIECE) -> bytes:
        """Up to so many bytes; none at the end."""
        while True:
            piece = self._open.read(size) if self._open else b""
            if piece or not self._next():
                return piece

    def _next(self) -> bool:
        self._leave()
        part = next(self._coming, None)
        self._open = open_file(part) if part else None
        return self._open is not None

    def _leave(self) -> None:
        if self._open:
            self._open.close()
        self._open = None
