"""Handing a mail to an SMTP server: verified TLS, a deadline, an explicit envelope, and every answer kept.

Flask-Mail gives the seam, its ``Connection``; what goes over the wire is ours, since it has no timeout, does not check
certificates and drops the refusals of single recipients.
"""

import re
import smtplib
import socket
import ssl
import time
from collections import deque
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import flask_mail
from flask import current_app

from app.config import settings
from app.crash import CrashPoint, crash_point
from app.mail.letters import Handover, Letter, Refused, Sent, TryLater

LONGEST_SILENCE = 20.0
KEPT_FOR = 20.0


class Conversation(smtplib.SMTP):
    """An SMTP session that ends at a deadline, however slowly the other side speaks."""

    def __init__(self, host: str, port: int, deadline: float) -> None:
        self.deadline = deadline
        timeout = max(min(LONGEST_SILENCE, deadline - time.monotonic()), 0.1)
        super().__init__(host, port, local_hostname=settings().main_domain, timeout=timeout)

    def getreply(self) -> tuple[int, bytes]:
        self._hurry()
        return super().getreply()

    def send(self, s: Any) -> None:
        self._hurry()
        super().send(s)

    def _hurry(self) -> None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for sending is over")
        if self.sock is not None:
            self.sock.settimeout(min(left, LONGEST_SILENCE))

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the mail itself (RFC 5321, 4.5.2: a leading dot is doubled)."""
        self.putcmd("data")
        code, words = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, words)
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


@cache
def _verifying(roots: ssl.DefaultVerifyPaths) -> ssl.SSLContext:
    """A context that checks certificates against these roots; reading them takes as long as sending a mail."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Kept:
    """A session that is still open after a mail, to be used again for the next one to the same server."""

    host: Conversation
    server: Hashable
    until: float


_kept: deque[Kept] = deque()


def hang_up() -> None:
    """Close every session that is kept open."""
    while one := _take():
        one.host.close()


def _take() -> Kept | None:
    try:
        return _kept.pop()
    except IndexError:
        return None


class Connection(flask_mail.Connection):
    """A connection of Flask-Mail's that is opened our way, and kept for a moment."""

    def __init__(self, mail: flask_mail.Mail, seconds: float) -> None:
        super().__init__(mail)
        self.deadline = time.monotonic() + seconds

    def __enter__(self) -> Self:
        self.host = self._resumed() or self.configure_host()
        return self

    def _resumed(self) -> Conversation | None:
        """A kept session, if one is of the same settings, fresh, and the server still listens to it."""
        while one := _take():
            one.host.deadline = self.deadline
            if one.server == _server() and time.monotonic() < one.until:
                with suppress(smtplib.SMTPException, OSError):
                    if one.host.rset()[0] == 250:
                        return one.host
            one.host.close()
        return None

    def configure_host(self) -> Any:
        known = settings()
        context = _verifying(ssl.get_default_verify_paths())
        if known.smtp_encryption == "tls":
            host: Conversation = SecureConversation(str(known.smtp_server), known.smtp_port, self.deadline, context)
        else:
            host = Conversation(str(known.smtp_server), known.smtp_port, self.deadline)
        try:
            if known.smtp_encryption == "starttls":
                host.starttls(context=context)
            if known.smtp_username and known.smtp_password:
                host.login(known.smtp_username, known.smtp_password)
        except BaseException:
            host.close()
            raise
        crash_point(CrashPoint.SEND_CONNECTED)
        return host

    def __exit__(self, failed: object, *_: object) -> None:
        if failed is None and isinstance(self.host, Conversation) and self.host.sock is not None:
            _kept.append(Kept(self.host, _server(), time.monotonic() + KEPT_FOR))
        elif self.host is not None:
            self.host.close()  # quit would wait for an answer; the mail is settled already


def _server() -> Hashable:
    """What makes two connections the same."""
    known = settings()
    return (
        known.smtp_server,
        known.smtp_port,
        known.smtp_encryption,
        known.smtp_username,
        known.smtp_password,
        known.main_domain,
        ssl.get_default_verify_paths(),
    )


def hand_over(letter: Letter) -> Handover:
    """Give the mail to the server. Never raises for anything a server or a network can do."""
    try:
        with Connection(current_app.extensions["mail"], letter.seconds) as connection:
            return _speak(connection.host, letter)
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error)
    except smtplib.SMTPResponseException as error:
        # Greeting, TLS, signing in: what is refused there is us, not this mail.
        return TryLater(_words(error.smtp_code, error.smtp_error))
    except smtplib.SMTPException as error:
        return TryLater(f"{type(error).__name__}: {error}")
    except ssl.SSLCertVerificationError as error:
        return TryLater(f"The certificate of the server is not valid: {error.verify_message}")
    except (OSError, UnicodeError) as error:
        return TryLater(f"The server cannot be reached: {type(error).__name__}: {error}")


def _speak(host: Any, letter: Letter) -> Handover:
    host.ehlo_or_helo_if_needed()
    for command, address in ((host.mail, letter.sender), (host.rcpt, letter.recipient)):
        code, words = command(address)
        if not 200 <= code < 300:
            return _answered(code, words)
    crash_point(CrashPoint.SEND_RECIPIENT)
    return _answered(*host.data(letter.content))


def _answered(code: int, words: bytes | str) -> Handover:
    """What an answer means: 2xx taken, 5xx never, all else later. A refused sign-in is our mistake, not the mail's."""
    answer = _words(code, words)
    if 200 <= code < 300:
        return Sent(answer)
    if 500 <= code < 600 and code not in {530, 534, 535, 538}:
        return Refused(answer)
    return TryLater(answer)


def _words(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
