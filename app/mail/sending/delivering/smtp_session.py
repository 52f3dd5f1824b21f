"""An SMTP session that keeps to a deadline, however slowly the other side reads or speaks."""

import re
import smtplib
import socket
import ssl
import time
from typing import Any

from app.config import settings
from app.crash import CrashPoint, crash_point

LONGEST_SILENCE = 20.0


class Reader:
    """Reads lines from a session, and looks at its deadline before each piece."""

    def __init__(self, conversation: "Conversation") -> None:
        self.conversation = conversation
        self.buffer = b""

    def readline(self, limit: int) -> bytes:
        """A line with its end, or as much of one as ``limit`` allows; nothing when the other side has hung up."""
        while b"\n" not in self.buffer and len(self.buffer) < limit and (piece := self._piece()):
            self.buffer += piece
        end = min(self.buffer.find(b"\n") + 1 or len(self.buffer), limit)
        line, self.buffer = self.buffer[:end], self.buffer[end:]
        return line

    def _piece(self) -> bytes:
        sock = self.conversation.sock
        if sock is None:
            return b""
        sock.settimeout(min(self.conversation.left(), LONGEST_SILENCE))
        return sock.recv(4096)

    def close(self) -> None:
        """Nothing is held here."""


class Conversation(smtplib.SMTP):
    """An SMTP session that ends at a deadline, however slowly the other side speaks."""

    def __init__(self, host: str, port: int, deadline: float) -> None:
        self.deadline = deadline
        timeout = max(min(LONGEST_SILENCE, deadline - time.monotonic()), 0.1)
        super().__init__(host, port, local_hostname=settings().main_domain, timeout=timeout)

    def getreply(self) -> tuple[int, bytes]:
        """An answer of the server; smtplib's own reader would let it dribble on for ever."""
        if self.file is None:
            self.file = Reader(self)
        return super().getreply()

    def send(self, s: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.left())
        super().send(s)

    def left(self) -> float:
        """Seconds until the deadline. Raises TimeoutError behind it."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for sending is over")
        return left

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the mail itself (RFC 5321, 4.5.2: a leading dot is doubled)."""
        self.putcmd("data")
        code, words = self.getreply()
        if code != 354:
            return code, words
        crash_point(CrashPoint.SEND_BEFORE_DOT)
        body = re.sub(rb"(?m)^\.", b"..", msg)
        self.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        crash_point(CrashPoint.SEND_BEFORE_ANSWER)
        answer = self.getreply()
        crash_point(CrashPoint.SEND_AFTER_ANSWER)
        return answer


class SecureConversation(Conversation):
    """The same inside TLS from the first byte."""

    def __init__(self, host: str, port: int, deadline: float, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(host, port, deadline)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        return self._context.wrap_socket(plain, server_hostname=host)
