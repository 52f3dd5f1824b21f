"""The connection of a reader, below HTTP, where the server that we run in shows it."""

import socket

from flask import request

# gunicorn calls it so, and the server that comes with werkzeug.
NAMES = ("gunicorn.socket", "werkzeug.socket")


class Plug:
    """The connection of the reader of this request."""

    def __init__(self) -> None:
        found = (request.environ.get(one) for one in NAMES)
        self._socket: socket.socket | None = next(filter(None, found), None)

    def gone(self) -> bool:
        """Whether the reader has hung up: what is written to him would show it only much later."""
        try:
            return self._socket is not None and self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def hear_no_more(self) -> None:
        """Take no other request on it, for which a server that stops would wait."""
        if self._socket is not None:
            self._socket.shutdown(socket.SHUT_RD)
