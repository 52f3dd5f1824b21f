"""Signing in by XOAUTH2 at an SMTP server."""

from base64 import b64decode
from collections.abc import Iterator

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from flask import Flask

from app.mail.sending.delivering.outcomes import Away, Letter, Sent
from app.mail.sending.delivering.smtp import hand_over, hang_up
from tests.cast import UNA
from tests.letters import SUPPORT, letter
from tests.servers.conversation import Reception
from tests.servers.listener import Listener
from tests.servers.misbehaviour import Misbehaviour
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.provider import Provider


class ByToken(Reception):
    """Lets in whoever shows a token that the provider knows, and tells others why not, as Google does."""

    def __init__(self, provider: Provider) -> None:
        self.provider, self.taken = provider, 0
        super().__init__(Misbehaviour(), self._count, ("", ""))

    def _count(self, _envelope: Envelope) -> None:
        self.taken += 1

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - the name is aiosmtpd's
        answer = await server.challenge_auth("", encode_to_b64=False) if len(args) == 1 else None
        given = answer if isinstance(answer, bytes) else b64decode(args[1])
        if given in {f"user={SUPPORT}\1auth=Bearer {token}\1\1".encode() for token in self.provider.live}:
            return AuthResult(success=True, auth_data=SUPPORT)
        await server.challenge_auth('{"status": "400"}')
        return AuthResult(success=False, handled=False)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(SUPPORT) as server:
        yield server


@pytest.fixture
def environ(environ: dict[str, str], provider: Provider) -> dict[str, str]:
    return environ | {
        "CASEY_MAIL_ADDRESS": SUPPORT,
        "CASEY_SMTP_ADAPTER": "smtp",
        "CASEY_SMTP_SERVER": LOOPBACK,
        "CASEY_SMTP_PORT": str(free_port()),
        "CASEY_SMTP_ENCRYPTION": "none",
        "CASEY_SMTP_AUTH": "xoauth2",
        "CASEY_SMTP_USERNAME": SUPPORT,
        "CASEY_OAUTH_TOKEN_URL": provider.token_url,
        "CASEY_OAUTH_CLIENT_ID": "casey",
        "CASEY_OAUTH_CLIENT_SECRET": provider.client_secret,
        "CASEY_OAUTH_REFRESH_TOKEN": provider.refresh_token,
    }


@pytest.fixture
def reception(environ: dict[str, str], provider: Provider) -> Iterator[ByToken]:
    found = ByToken(provider)
    listener = Listener(int(environ["CASEY_SMTP_PORT"]), found, None, None)
    listener.start()
    yield found
    listener.stop()


def handed_over(app: Flask) -> object:
    with app.app_context():
        mail = letter(SUPPORT, "Hello", "Una", to=UNA)
        return hand_over(Letter(mail["Message-ID"], mail.as_bytes(), SUPPORT, UNA, 10.0))


def test_a_mail_is_sent_with_a_token(app: Flask, reception: ByToken, provider: Provider) -> None:
    assert isinstance(handed_over(app), Sent)
    assert (reception.taken, len(provider.asked)) == (1, 1)


def test_a_token_that_died_before_its_time_is_exchanged_once(
    app: Flask, reception: ByToken, provider: Provider
) -> None:
    handed_over(app)
    hang_up()
    provider.revoke_all()
    assert isinstance(handed_over(app), Sent)
    assert (reception.taken, len(provider.asked)) == (2, 2)


def test_a_provider_that_refuses_lets_the_mails_wait(app: Flask, reception: ByToken, provider: Provider) -> None:
    provider.refresh_token = "another"
    found = handed_over(app)
    assert isinstance(found, Away)
    assert "invalid_grant" in found.answer
    assert reception.taken == 0


def test_a_server_that_refuses_every_token_lets_the_mails_wait(
    app: Flask, reception: ByToken, provider: Provider
) -> None:
    app.extensions["casey.configuration"].static["smtpUsername"] = "somebody.else@casey.test"
    found = handed_over(app)
    assert isinstance(found, Away)
    assert found.answer.startswith("535")
    assert len(provider.asked) == 2
