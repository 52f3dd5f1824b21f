"""A content in S3, read as a file is: from where one wants, and no more of it than one reads."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any


class S3Content(io.RawIOBase):
    """``body_from`` begins to fetch the bytes behind a position; nothing is fetched before something is read."""

    def __init__(
        self, size: int, body_from: Callable[[int], Any], asking: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        self._size, self._body_from, self._asking = size, body_from, asking
        self._position = 0
        self._body: Any = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset != self._position:
            self._hang_up()
            self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        if self._position >= self._size:
            return 0
        self._body = self._body or self._body_from(self._position)
        with self._asking("read"):
            piece = self._body.read(len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._hang_up()
        super().close()

    def _hang_up(self) -> None:
        if self._body is not None:
            self._body.close()
        self._body = None
