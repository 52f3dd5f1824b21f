"""A server that answers byte by byte, for as long as it is listened to."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

PAUSE = 0.03


class Drip:
    """Says ``at_once`` to whoever asks, then ``slowly`` over and over, one byte at a time.

    With a context it speaks TLS. ``heard`` are the moments at which somebody connected.
    """

    def __init__(self, at_once: bytes, slowly: bytes, context: ssl.SSLContext | None = None) -> None:
        self._at_once, self._slowly, self._context = at_once, slowly, context
        self._stopped = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.heard: list[float] = []
        self._threads = [threading.Thread(target=self._welcome)]

    def __enter__(self) -> "Drip":
        self._threads[0].start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._door.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._door.close()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                self.heard.append(time.monotonic())
                self._threads.append(threading.Thread(target=self._answer, args=(client,)))
                self._threads[-1].start()

    def _answer(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            client.settimeout(5)
            with self._context.wrap_socket(client, server_side=True) if self._context else client as line:
                line.recv(65536)
                line.sendall(self._at_once)
                self._drip(line.sendall)

    def _drip(self, send: Callable[[bytes], None]) -> None:
        while True:
            for byte in self._slowly:
                if self._stopped.wait(PAUSE):
                    return
                send(bytes([byte]))
