"""How long somebody outside is listened to. The timeout of a socket begins anew with each byte; this does not."""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self


class Patience:
    """So many seconds, for all connections that are watched within the ``with`` block. Then we hang up on each of them.

    What was read until then may look whole, since hanging up reads as an end: ask whether it is ``over``.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._over = False
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._clock = threading.Timer(seconds, self._hang_up)
        self._clock.daemon = True

    @property
    def left(self) -> float:
        """How many seconds there are still."""
        return max(0.0, self._until - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self._over or not self.left

    def watch(self, plug: socket.socket) -> socket.socket:
        """Hang up on this connection, too. Hand it over before TLS is spoken on it, which makes it another object."""
        with self._lock:
            self._watched.append(plug.dup())
            if self._over:
                _shut(plug)
        return plug

    def _hang_up(self) -> None:
        with self._lock:
            self._over = True
            for plug in self._watched:
                _shut(plug)

    def __enter__(self) -> Self:
        self._clock.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._clock.cancel()
        with self._lock:
            while self._watched:
                self._watched.pop().close()


def _shut(plug: socket.socket) -> None:
    with suppress(OSError):
        plug.shutdown(socket.SHUT_RDWR)
