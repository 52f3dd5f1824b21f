"""A mail server that is away, refuses us or hangs up: said in health, not hammered, and nothing lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from imapclient import SocketTimeout

from app.clock import now
from app.mail.intake import imap, session
from tests.api_client import Api
from tests.cast import UNA
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import contents, imap_settings, our_mailbox, rest, sync
from tests.mail.rows import inbound
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.needs import need
from tests.servers.proxy import Proxy


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    need(Dovecot.available(), "Dovecot")
    with Dovecot() as server:
        yield server


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot) -> dict[str, str]:
    return environ | imap_settings(dovecot)


def health(app: Flask) -> str:
    answer = app.test_client().get("/health/ready").json
    assert answer is not None
    return str(answer["mailboxes"])


def test_a_refused_login_is_said_in_health_and_tried_ever_less(app: Flask, api: Api, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    assert health(app) == "ok"
    api.post("/config", {"imapPassword": "not it"})
    pauses = []
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(7):
            assert sync(app) == 0
            pauses.append(round(rest(app)))
            clock.shift(timedelta(seconds=pauses[-1] + 1))
        assert pauses == [60, 120, 240, 480, 900, 900, 900]
        assert health(app) == "in trouble"
        assert str(our_mailbox(app).trouble).startswith("The server does not let us in: ")
        assert "not it" not in str(our_mailbox(app).trouble)

        api.post("/config", {"imapPassword": PASSWORD})
        assert sync(app) == 1
    assert health(app) == "ok"
    assert (our_mailbox(app).failures, our_mailbox(app).next_at) == (0, None)


def test_a_server_that_is_away_is_left_alone_for_a_while(app: Flask, dovecot: Dovecot) -> None:
    dovecot.stop()
    assert sync(app) == 0
    assert health(app) == "in trouble"
    assert our_mailbox(app).lease_until is None
    dovecot.start()
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    assert sync(app) == 0
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert sync(app) == 1


def test_a_password_is_never_sent_in_the_clear_when_starttls_was_asked_for(app: Flask, dovecot: Dovecot) -> None:
    app.extensions["casey.configuration"].static["imapEncryption"] = "starttls"
    assert sync(app) == 0
    assert health(app) == "in trouble"
    assert "starttls" in str(our_mailbox(app).trouble).lower()


def test_sessions_cut_in_the_middle_lose_and_double_nothing(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    real, fetched = imap.content, []

    def content(client: object, uid: int) -> bytes | None:
        fetched.append(uid)
        if len(fetched) in (3, 30):
            dovecot.kick(SUPPORT)
        return real(client, uid)  # type: ignore[arg-type]

    monkeypatch.setattr(imap, "content", content)
    with time_machine.travel(now(), tick=False) as clock:
        for journaled in (0, 25, 30):
            sync(app)
            assert len(inbound(app)) == journaled
            clock.shift(timedelta(minutes=20))
    assert [row.uid for row in inbound(app)] == list(range(1, 31))
    assert contents(dovecot) == (0, 30)


def test_a_mail_that_the_server_does_not_hand_out_is_not_put_away(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    real = imap.content
    with monkeypatch.context() as hiccup:
        hiccup.setattr(imap, "content", lambda client, uid: real(client, uid) if uid == 2 else None)
        sync(app)
    assert contents(dovecot) == (1, 1)
    sync(app)
    assert contents(dovecot) == (0, 2)
    assert sorted(row.uid for row in inbound(app)) == [1, 2]


def test_a_server_that_resets_the_line_in_the_middle_of_a_mail_loses_and_doubles_nothing(
    app: Flask, dovecot: Dovecot
) -> None:
    for number in range(3):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "It burns! " * 20_000).as_bytes())
    with Proxy(dovecot.imap_port) as line, time_machine.travel(now(), tick=False) as clock:
        app.extensions["casey.configuration"].static["imapPort"] = line.port
        for sent in (40_000, 250_000, 500_000):
            line.cut_after = sent
            assert sync(app) == 0
            assert our_mailbox(app).failures
            clock.shift(timedelta(minutes=16))
        sync(app)
    assert [row.uid for row in inbound(app)] == [1, 2, 3]
    assert (contents(dovecot), our_mailbox(app).trouble, our_mailbox(app).holes) == ((0, 3), None, 0)


def test_a_server_that_falls_silent_is_given_up(app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "TIMEOUT", SocketTimeout(connect=1, read=0.2))
    with Proxy(dovecot.imap_port) as line:
        app.extensions["casey.configuration"].static["imapPort"] = line.port
        line.silence()
        assert sync(app) == 0
    assert "did not answer in time" in str(our_mailbox(app).trouble)
