"""Handing a mail to an SMTP server: verified TLS, a deadline, an explicit envelope, and every answer kept.

Flask-Mail gives the seam, its ``Connection``; what goes over the wire is ours, since it has no timeout, does not check
certificates and drops the refusals of single recipients.
"""

import smtplib
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
from app.mail.intake.oauth import access_token, grant_in_settings
from app.mail.intake.token_endpoint import NoToken
from app.mail.sending.delivering.outcomes import Away, Handover, Letter, Refused, Sent, TryLater
from app.mail.sending.delivering.smtp_session import Conversation, SecureConversation

# What a server or a network can do to us.
TROUBLE = (smtplib.SMTPException, OSError, UnicodeError, NoToken)
KEPT_FOR = 20.0


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

    def open(self) -> None:
        """Get a session to speak in, one that was kept or a new one. Raises one of TROUBLE."""
        self.host = self._resumed() or self.configure_host()

    def __enter__(self) -> Self:
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
            _sign_in(host)
            host.ehlo_or_helo_if_needed()
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


def _sign_in(host: Conversation) -> None:
    known = settings()
    if known.smtp_auth == "xoauth2":
        _show_token(host)
    elif known.smtp_username and known.smtp_password:
        host.login(known.smtp_username, known.smtp_password)


def _show_token(host: Conversation) -> None:
    """Sign in by XOAUTH2. A token can die before its time: one that is refused is exchanged for another, once."""
    grant = grant_in_settings()
    token = access_token(grant)
    try:
        _authenticate(host, token)
    except smtplib.SMTPAuthenticationError:
        _authenticate(host, access_token(grant, refused=token))


def _authenticate(host: Conversation, token: str) -> None:
    known = settings()
    words = f"user={known.smtp_username or known.mail_address}\1auth=Bearer {token}\1\1"
    host.ehlo_or_helo_if_needed()
    # A refusal comes as a challenge, which wants an empty answer.
    host.auth("XOAUTH2", lambda challenge=None: words if challenge is None else "")


def _server() -> Hashable:
    """What makes two connections the same."""
    known = settings()
    return (
        known.smtp_server,
        known.smtp_port,
        known.smtp_encryption,
        known.smtp_username,
        known.smtp_password,
        known.smtp_auth,
        known.oauth_token_url,
        known.oauth_client_id,
        known.oauth_refresh_token,
        known.main_domain,
        ssl.get_default_verify_paths(),
    )


def hand_over(letter: Letter) -> Handover:
    """Give the mail to the server. Never raises for anything a server or a network can do."""
    connection = Connection(current_app.extensions["mail"], letter.seconds)
    try:
        connection.open()
    except TROUBLE as error:
        return Away(_spoken(error))
    try:
        with connection:
            return _speak(connection.host, letter)
    except TROUBLE as error:
        return TryLater(_spoken(error))


def _spoken(error: Exception) -> str:
    """What went wrong, in words for an operator."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of the server is not valid: {error.verify_message}"
    if isinstance(error, NoToken):
        return str(error)
    if isinstance(error, smtplib.SMTPException):
        return f"{type(error).__name__}: {error}"
    return f"The server cannot be reached: {type(error).__name__}: {error}"


def _speak(host: Any, letter: Letter) -> Handover:
    code, words = host.mail(letter.sender)
    if not 200 <= code < 300:
        return Away(_words(code, words))  # it is our own address that is refused, not this mail
    code, words = host.rcpt(letter.recipient)
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
