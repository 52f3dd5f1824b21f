"""Where contents lie, looked at from behind: what is there, how old it is, and what may happen to it there."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from app.clock import now


class Shelf(Protocol):
    """The place of a store. A content is called by its SHA-256."""

    variables: dict[str, str]

    def lying_there(self) -> Sequence[str]:
        """The names of all that lies there."""

    def content(self, sha256: str) -> bytes: ...

    def age(self, sha256: str, by: timedelta) -> None:
        """From now on it was put so long ago."""

    def cut(self, sha256: str, size: int) -> None:
        """Lose all but the beginning of a content."""

    def lose(self, sha256: str) -> None: ...


class Directory:
    """The directory of the local disk."""

    variables: dict[str, str]

    def __init__(self, root: Path) -> None:
        self.root, self.variables = root, {}

    def lying_there(self) -> list[str]:
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def content(self, sha256: str) -> bytes:
        return self._path(sha256).read_bytes()

    def age(self, sha256: str, by: timedelta) -> None:
        moment = (now() - by).timestamp()
        os.utime(self._path(sha256), (moment, moment))

    def cut(self, sha256: str, size: int) -> None:
        self._path(sha256).write_bytes(self.content(sha256)[:size])

    def lose(self, sha256: str) -> None:
        self._path(sha256).unlink()

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256
