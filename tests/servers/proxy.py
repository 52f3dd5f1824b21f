"""A line to a server that can be cut in the middle of a sentence, or fall silent."""

import socket
import struct
import threading
from contextlib import suppress

from tests.servers.ports import LOOPBACK, free_port
from tests.servers.server import Server

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST and forgets what was not sent yet


class Proxy(Server):
    """Passes everything on to a loopback port. Connections are counted.

    `cut_after` cuts the next connection once the server has sent so many bytes; while `silent`, nothing passes.
    """

    def __init__(self, to: int) -> None:
        self.port = free_port()
        self.connections = 0
        self.cut_after: int | None = None
        self._to = to
        self._open = threading.Event()
        self._open.set()
        self._door: socket.socket | None = None
        self._lines: list[socket.socket] = []

    def silence(self) -> None:
        """From now on nothing passes."""
        self._open.clear()

    def start(self) -> None:
        self._door = socket.create_server((LOOPBACK, self.port))
        threading.Thread(target=self._welcome, args=(self._door,), name="proxy", daemon=True).start()

    def stop(self) -> None:
        if self._door:
            with suppress(OSError):
                self._door.shutdown(socket.SHUT_RDWR)
            self._door.close()
            self._door = None
        self._open.set()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for line in self._lines:
            line.close()

    def _welcome(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = door.accept()
                self.connections += 1
                self._lines.append(client)
                server = self._call()
                if server is None:
                    client.close()
                    continue
                self._lines.append(server)
                left, self.cut_after = self.cut_after, None
                threading.Thread(target=self._pass, args=(client, server, None), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, left), daemon=True).start()

    def _call(self) -> socket.socket | None:
        with suppress(OSError):
            return socket.create_connection((LOOPBACK, self._to))
        return None

    def _pass(self, source: socket.socket, target: socket.socket, left: int | None) -> None:
        with suppress(OSError):
            while piece := source.recv(4096):
                self._open.wait()
                target.sendall(piece[:left])
                if left is not None and (left := left - len(piece)) <= 0:
                    target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    target.shutdown(socket.SHUT_RD)  # or the other thread, which reads it, would keep it open
                    target.close()
            target.shutdown(socket.SHUT_WR)
