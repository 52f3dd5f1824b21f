"""A mail server that is away, refuses us or hangs up: said in health, not hammered, and nothing lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from imapclient import IMAPClient, SocketTimeout

from app.clock import now
from app.extensions import db
from app.mail.intake import imap, session, syncing
from app.mail.models import Mailbox
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
            assert "reset" in str(our_mailbox(app).trouble)
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


def test_a_password_beyond_ascii_is_shown_to_a_server_that_can_take_it(app: Flask, dovecot: Dovecot) -> None:
    known = app.extensions["casey.configuration"].static
    known["imapPassword"] = "p\u00e4ssw\u00f6rd"
    assert sync(app) == 0
    assert "does not let us in: " in str(our_mailbox(app).trouble)
    assert "ASCII" not in str(our_mailbox(app).trouble)
    assert (health(app), our_mailbox(app).lease_until) == ("in trouble", None)
    known.update(imapUsername="s\u00fcpport@casey.test", imapPassword=PASSWORD)
    sync(app)
    with app.app_context():
        found = db.session.scalars(sa.select(Mailbox).where(Mailbox.name.startswith("s\u00fcpport"))).one()
        assert (found.trouble, found.synced_at is not None) == (None, True)


def test_a_password_beyond_ascii_for_a_server_that_cannot_take_it_is_trouble_and_stays_secret(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["casey.configuration"].static["imapPassword"] = "p\u00e4ssw\u00f6rd"
    monkeypatch.setattr(IMAPClient, "has_capability", lambda _client, name: name != "AUTH=PLAIN")
    assert sync(app) == 0
    assert "in ASCII alone" in str(our_mailbox(app).trouble)
    assert "\u00e4" not in str(our_mailbox(app).trouble)
    assert (health(app), our_mailbox(app).lease_until) == ("in trouble", None)


def test_words_of_a_server_that_cannot_be_read_are_trouble(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "all_uids", lambda _client: [int(b"\xff".decode())])
    assert sync(app) == 0
    assert "cannot be read" in str(our_mailbox(app).trouble)
    assert (health(app), our_mailbox(app).lease_until) == ("in trouble", None)


def test_a_mistake_of_ours_is_trouble_too_and_tells_nothing_of_what_it_was_at(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_uids(_client: object) -> list[int]:
        raise RuntimeError("a word that nobody is to read")

    with monkeypatch.context() as broken:
        broken.setattr(imap, "all_uids", all_uids)
        with pytest.raises(RuntimeError):
            sync(app)
    known = our_mailbox(app)
    assert (known.failures, known.lease_until, health(app)) == (1, None, "in trouble")
    assert str(known.trouble).endswith("that only the log tells: RuntimeError")


def test_a_mail_that_the_server_refuses_to_hand_out_keeps_no_other_waiting(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    real = imap.content

    def content(client: IMAPClient, uid: int) -> bytes | None:
        no_such_part = "BODY.PEEK[X]"  # which Dovecot refuses to fetch
        return imap._fetched(client, uid, no_such_part, b"BODY[X]") if uid == 1 else real(client, uid)

    with monkeypatch.context() as hiccup:
        hiccup.setattr(imap, "content", content)
        assert sync(app) == 2
        assert "mail 1 cannot be read" in str(our_mailbox(app).trouble)
        assert (our_mailbox(app).holes, contents(dovecot)) == (1, (1, 2))
    assert sync(app) == 1
    assert (our_mailbox(app).holes, our_mailbox(app).trouble, contents(dovecot)) == (0, None, (0, 3))


def test_a_mailbox_that_has_not_been_read_for_long_is_said_in_health(app: Flask, dovecot: Dovecot) -> None:
    sync(app)
    with time_machine.travel(now() + timedelta(minutes=4)):
        assert health(app) == "ok"
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert health(app) == "in trouble"
        app.extensions["casey.configuration"].static["mailEnable"] = False
        assert health(app) == "ok"
        app.extensions["casey.configuration"].static.update(mailEnable=True, mailSyncTimer=600)
        assert health(app) == "ok"


def test_a_mailbox_that_is_read_but_never_compared_to_its_end_is_said_in_health(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(app)
    monkeypatch.setattr(syncing, "LOOK_SECONDS", -1.0)
    with time_machine.travel(now() + timedelta(minutes=6)):
        sync(app)
        assert our_mailbox(app).trouble is None
        assert health(app) == "in trouble"
        monkeypatch.undo()
        sync(app)
        assert health(app) == "ok"
