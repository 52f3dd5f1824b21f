"""What the outside world says in an SMTP conversation."""

import asyncio
from collections.abc import Callable
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.servers.misbehaviour import Act, HangUp, Misbehaviour, Moment, Reply, Stall


class Reception:
    """Takes in every mail, unless misbehaviour is ordered, or the client should have logged in."""

    def __init__(
        self, misbehaviour: Misbehaviour, accept: Callable[[Envelope], None], login: tuple[str, str] | None
    ) -> None:
        self.misbehaviour = misbehaviour
        self.login = login
        self._accept = accept

    def authenticate(self, _smtp: SMTP, _session: Session, _envelope: Envelope, _way: str, given: object) -> AuthResult:
        expected = self.login and tuple(part.encode() for part in self.login)
        return AuthResult(success=given == expected, handled=False, auth_data=given)

    async def handle_MAIL(  # noqa: N802 - the names are aiosmtpd's
        self, _smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, smtp: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if reply := await suffer(smtp, self.misbehaviour.due(Moment.RCPT, [address])):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if reply := await suffer(smtp, self.misbehaviour.due(Moment.DOT, envelope.rcpt_tos)):
            return reply
        self._accept(envelope)
        reply = await suffer(smtp, self.misbehaviour.due(Moment.RECORDED, envelope.rcpt_tos))
        return reply or "250 2.0.0 Accepted"


class Conversation(SMTP):
    """aiosmtpd's, which would not ask the reception before it answers to DATA, and could keep a line half open."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        reception = cast(Reception, self.event_handler)
        recipients = self.envelope.rcpt_tos if self.envelope else []
        reply = await suffer(self, reception.misbehaviour.due(Moment.DATA, recipients))
        await (self.push(reply) if reply else super().smtp_DATA(arg))

    def eof_received(self) -> bool:
        super().eof_received()
        return False


class Rebuff(asyncio.Protocol):
    """The whole conversation with a client that was not even greeted."""

    def __init__(self, act: Act) -> None:
        self._act = act

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        line = cast(asyncio.Transport, transport)
        match self._act:
            case Reply(text):
                line.write(f"{text}\r\n".encode())
                line.close()
            case Stall(seconds):
                asyncio.get_running_loop().call_later(seconds, line.close)
            case HangUp():
                line.abort()


async def suffer(smtp: SMTP, act: Act | None) -> str | None:
    """Do what was ordered. The reply to give, or None to go on as usual."""
    match act:
        case Reply(text) if text.startswith("421"):
            await smtp.push(text)
            _line(smtp).close()
            await _be_cancelled()
        case Reply(text):
            return text
        case Stall(seconds):
            await asyncio.sleep(seconds)
        case HangUp():
            _line(smtp).abort()
            await _be_cancelled()
    return None


def _line(smtp: SMTP) -> asyncio.Transport:
    return cast(asyncio.Transport, smtp.transport)


async def _be_cancelled() -> None:
    """Wait for aiosmtpd, which ends a conversation when its connection is lost."""
    await asyncio.Event().wait()
