"""Signing in by XOAUTH2 at a real Dovecot, which asks a provider of ours whether the token is good."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail.intake import token_endpoint
from app.mail.intake.oauth import OAuthToken, access_token, grant_in_settings
from tests.api_client import Api
from tests.cast import UNA
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import contents, imap_settings, our_mailbox, sync
from tests.servers.dovecot import Dovecot
from tests.servers.needs import need
from tests.servers.provider import Provider, Refusal

SECRETS = ("refresh me", "client secret")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(SUPPORT) as server:
        yield server


@pytest.fixture
def dovecot(provider: Provider) -> Iterator[Dovecot]:
    need(Dovecot.available(), "Dovecot")
    with Dovecot(tokeninfo_url=provider.tokeninfo_url) as server:
        server.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
        yield server


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot, provider: Provider) -> dict[str, str]:
    by_token = {
        "CASEY_IMAP_AUTH": "xoauth2",
        "CASEY_OAUTH_TOKEN_URL": provider.token_url,
        "CASEY_OAUTH_CLIENT_ID": "casey",
        "CASEY_OAUTH_CLIENT_SECRET": provider.client_secret,
        "CASEY_OAUTH_REFRESH_TOKEN": provider.refresh_token,
    }
    return environ | imap_settings(dovecot) | by_token


def change(app: Flask, **settings: object) -> None:
    app.extensions["casey.configuration"].static.update(settings)


def look_again(app: Flask) -> int:
    """The next look that the pause after trouble allows."""
    with time_machine.travel(now() + timedelta(minutes=16)):
        return sync(app)


def tokens(app: Flask) -> list[OAuthToken]:
    with app.app_context():
        found = list(db.session.scalars(sa.select(OAuthToken)))
        db.session.expunge_all()
        return found


def test_mail_is_taken_in_with_a_token_that_is_asked_for_once(app: Flask, dovecot: Dovecot, provider: Provider) -> None:
    assert (sync(app), sync(app)) == (1, 0)
    assert contents(dovecot) == (0, 1)
    assert provider.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "refresh me",
            "client_id": "casey",
            "client_secret": "client secret",
        }
    ]


def test_without_a_refresh_token_the_client_signs_in_by_itself(
    app: Flask, dovecot: Dovecot, provider: Provider
) -> None:
    change(app, oauthRefreshToken=None, oauthScope="mail.read")
    assert sync(app) == 1
    [asked] = provider.asked
    assert (asked["grant_type"], asked["scope"]) == ("client_credentials", "mail.read")
    assert "refresh_token" not in asked


def test_a_token_is_renewed_before_it_ends(app: Flask, dovecot: Dovecot, provider: Provider) -> None:
    sync(app)
    [first] = tokens(app)
    assert first.expires_at is not None
    with time_machine.travel(first.expires_at - timedelta(seconds=30)):
        sync(app)
    assert len(provider.asked) == 2
    assert tokens(app)[0].access_token != first.access_token
    assert our_mailbox(app).trouble is None


def test_a_token_that_died_before_its_time_is_exchanged_for_another(
    app: Flask, dovecot: Dovecot, provider: Provider
) -> None:
    sync(app)
    provider.revoke_all()
    dovecot.deliver(SUPPORT, letter(UNA, "Another", "Thing").as_bytes())
    assert sync(app) == 1
    assert (len(provider.asked), our_mailbox(app).failures) == (2, 0)


def test_a_refused_sign_in_is_tried_once_more_and_not_again(app: Flask, dovecot: Dovecot, provider: Provider) -> None:
    provider.user = "somebody.else@casey.test"
    assert sync(app) == 0
    assert len(provider.asked) == 2
    trouble = str(our_mailbox(app).trouble)
    assert trouble.startswith("The server does not let us in")
    assert not any(token in trouble for token in provider.live)
    assert (sync(app), len(provider.asked)) == (0, 2)  # it rests now
    provider.user = SUPPORT
    assert look_again(app) == 1


def test_a_refresh_token_that_the_provider_changed_is_used_from_then_on(
    app: Flask, dovecot: Dovecot, provider: Provider
) -> None:
    provider.rotating, provider.lasting = True, 1
    sync(app)
    dovecot.deliver(SUPPORT, letter(UNA, "Another", "Thing").as_bytes())
    assert sync(app) == 1
    shown = [asked["refresh_token"] for asked in provider.asked]
    assert shown[0] == "refresh me"
    assert len({*shown, provider.refresh_token}) == len(shown) + 1


def test_whoever_comes_second_with_a_refresh_token_that_serves_once_takes_the_token_of_the_first(
    app: Flask, dovecot: Dovecot, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.rotating = True
    real, raced = token_endpoint.ask, []

    def overtaken(refresh_token: str | None) -> object:
        if not raced:
            raced.append(refresh_token)
            access_token(grant_in_settings())
        return real(refresh_token)

    monkeypatch.setattr("app.mail.intake.oauth.ask", overtaken)
    assert sync(app) == 1
    assert our_mailbox(app).trouble is None


def test_another_refresh_token_from_the_operator_takes_the_place_of_all_before(
    app: Flask, api: Api, dovecot: Dovecot, provider: Provider
) -> None:
    provider.rotating = True
    sync(app)
    provider.refresh_token, provider.lasting = "granted anew", 3600
    assert api.post("/config", {"oauthRefreshToken": "granted anew"}).status_code == 200
    sync(app)
    assert provider.asked[-1]["refresh_token"] == "granted anew"
    assert len(tokens(app)) == 1


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (Refusal(), "The provider gives no access token: invalid_grant: The grant has been revoked."),
        (Refusal(500, "oops"), "The provider gives no access token: it answered with status 500"),
        (Refusal(200, "[]"), "The provider of access tokens answered without one."),
        (Refusal(200, "<html>"), "The provider of access tokens answered something that is not JSON."),
        (Refusal(302, "", {"Location": "https://eve.test/"}), "it answered with status 302"),
        (
            Refusal(400, '{"error": "invalid_grant", "error_description": "refresh me / client secret"}'),
            "The provider gives no access token: invalid_grant: *** / ***",
        ),
    ],
    ids=["refused", "broken", "no token", "no JSON", "redirected", "repeats the secrets"],
)
def test_what_the_provider_says_becomes_the_trouble_without_a_secret(
    app: Flask, api: Api, dovecot: Dovecot, provider: Provider, refusal: Refusal, words: str
) -> None:
    provider.refusal = refusal
    assert sync(app) == 0
    [shown] = api.get("/mailboxes").json["items"]
    assert (shown["state"], shown["token_age"]) == ("in_trouble", None)
    assert words in shown["trouble"]
    assert not any(secret in shown["trouble"] for secret in SECRETS)
    provider.refusal = None
    assert look_again(app) == 1
    assert api.get("/mailboxes").json["items"][0]["trouble"] is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://provider.test/token", "must begin with https://"),
        ("http://127.0.0.1.eve.test/token", "must begin with https://"),
        (None, "needs the settings oauthTokenUrl"),
        ("http://127.0.0.1:9/token", "cannot be reached"),
        ("https://127.0.0.1:9/token", "cannot be reached"),
    ],
)
def test_secrets_leave_this_machine_inside_tls_only(
    app: Flask, dovecot: Dovecot, provider: Provider, url: str | None, words: str
) -> None:
    change(app, oauthTokenUrl=url)
    assert sync(app) == 0
    assert words in str(our_mailbox(app).trouble)
    assert provider.asked == []


def test_the_age_of_the_token_is_shown(app: Flask, api: Api, dovecot: Dovecot) -> None:
    sync(app)
    with time_machine.travel(now() + timedelta(minutes=10)):
        [shown] = api.get("/mailboxes").json["items"]
    assert 595 <= shown["token_age"] <= 605
    assert not any(token.access_token in str(shown) for token in tokens(app))


@pytest.mark.parametrize(
    "said",
    [
        b"220 mx.provider.test ESMTP\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n{}",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 60_000,
        b"HTTP/1.1 400 No\r\n\r\n" + b"[" * 60_000,
    ],
    ids=["another protocol", "endless headers", "an endless header", "cut off", "deep", "a deep refusal"],
)
def test_a_provider_that_answers_nonsense_is_the_mailboxs_trouble(app: Flask, dovecot: Dovecot, said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        change(app, oauthTokenUrl=f"http://127.0.0.1:{listener.getsockname()[1]}/token")
        assert sync(app) == 0
        thread.join()
    assert "access token" in str(our_mailbox(app).trouble)
    assert our_mailbox(app).failures == 1
