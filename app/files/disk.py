"""A store of contents on the local disk: ``ab/cd/abcd...``, below one directory."""

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from app.files.kept import Kept

HALF = ".new-"  # what is being written
DIGITS = 64
MOST_REMEMBERED = 10_000
_durable: set[Path] = set()  # what this process has seen to: asking the disk again costs milliseconds


class Disk:
    """Keeps each content under its SHA-256. What ``put`` has returned from survives a power cut."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, sha256: str, size: int, content: BinaryIO) -> None:
        """Keep a content. One that is there already is not written again, but counts as new."""
        path = self._path(sha256)
        if _renewed(path, size):
            if path in _durable:
                return
        else:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, content)
        _settle((path.parent, path.parent.parent, self.root, self.root.parent))
        if len(_durable) >= MOST_REMEMBERED:
            _durable.clear()
        _durable.add(path)

    def open(self, sha256: str) -> BinaryIO:
        """Raises FileNotFoundError for a content that is not there."""
        return self._path(sha256).open("rb")

    def remove(self, sha256: str) -> None:
        """Keep a content no longer. One that is not there stays so."""
        path = self._path(sha256)
        _durable.discard(path)
        path.unlink(missing_ok=True)

    def aged(self, part: str, before: datetime) -> Iterator[Kept]:
        """What begins so and was put for the last time before this moment. What was left half written is removed."""
        for path in (self.root / part).glob("*/*"):
            found = _stat(path)
            if found is None or datetime.fromtimestamp(found.st_mtime, UTC) >= before:
                continue
            if path.name.startswith(HALF):
                path.unlink(missing_ok=True)
            elif len(path.name) == DIGITS:
                yield Kept(path.name, found.st_size)

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256


def _renewed(path: Path, size: int) -> bool:
    """Whether it is there, whole. Then it is young from now on, and no sweep takes it for something forgotten."""
    found = _stat(path)
    if found is None or found.st_size != size:
        return False
    try:
        os.utime(path)
    except FileNotFoundError:  # somebody has just removed it
        return False
    return True


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _write(path: Path, content: BinaryIO) -> None:
    """Write beside it and rename, so that a file is there whole or not at all."""
    with NamedTemporaryFile(dir=path.parent, prefix=HALF, delete=False) as out:
        try:
            shutil.copyfileobj(content, out)
            out.flush()
            os.fsync(out.fileno())
            os.replace(out.name, path)
        except BaseException:
            os.unlink(out.name)
            raise


def _settle(directories: Iterable[Path]) -> None:
    """Make their entries durable, also those that another process has just made."""
    for directory in directories:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
