"""Where contents lie, looked at from behind: what is there, how old it is, and what may happen to it there."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from app.clock import now
from tests.servers.s3 import S3Server


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


class Objects:
    """The objects below a prefix in S3."""

    variables: dict[str, str]

    def __init__(self, url: str, server: S3Server, prefix: str) -> None:
        self.server, self.prefix = server, prefix
        self.variables = {
            "CASEY_S3_BUCKET": server.bucket,
            "CASEY_S3_ENDPOINT_URL": url,
            "CASEY_S3_PREFIX": prefix,
            "CASEY_S3_ACCESS_KEY_ID": "key of casey",
            "CASEY_S3_SECRET_ACCESS_KEY": "secret of casey",
        }

    def lying_there(self) -> list[str]:
        mine = [key for key in self.server.objects() if key.startswith(f"{self.prefix}/")]
        return sorted(key.removeprefix(f"{self.prefix}/") for key in mine)

    def content(self, sha256: str) -> bytes:
        return self.server.content(self._key(sha256))

    def age(self, sha256: str, by: timedelta) -> None:
        self.server.date(self._key(sha256), now() - by)

    def cut(self, sha256: str, size: int) -> None:
        self.server.put(self._key(sha256), self.content(sha256)[:size])

    def lose(self, sha256: str) -> None:
        self.server.lose(self._key(sha256))

    def _key(self, sha256: str) -> str:
        return f"{self.prefix}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
