"""Listening at a mailbox: mail is there at once, however seldom we look; and a line that dies is noticed."""

import threading
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from app.extensions import db
from app.mail.intake import idling
from app.mail.intake.idling import Watch
from tests.cast import UNA
from tests.house import SUPPORT as HOUSE_SUPPORT
from tests.house import House
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import imap_settings, sync
from tests.real import dovecot, house, outside, valkey
from tests.servers.dovecot import Dovecot
from tests.servers.ports import wait_until
from tests.servers.proxy import Proxy

__all__ = ["dovecot", "house", "outside", "valkey"]

SOON = 20.0


class Bell:
    """Counts the rings."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self, job: str, _mailbox_id: int, ttl: int) -> None:
        assert job == "mail.sync_mailbox"
        self.rings += 1

    def wait_for_more_than(self, rings: int) -> None:
        wait_until(lambda: self.rings > rings, SOON, "a ring")


@pytest.fixture
def line(dovecot: Dovecot) -> Iterator[Proxy]:
    with Proxy(dovecot.imap_port) as proxy:
        yield proxy


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot, line: Proxy) -> dict[str, str]:
    return environ | imap_settings(dovecot) | {"CASEY_IMAP_PORT": str(line.port)}


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Bell:
    found = Bell()
    monkeypatch.setattr(idling, "ring", found.ring)
    return found


@pytest.fixture
def watch(app: Flask, bell: Bell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Whoever listens at our mailbox, which has been read once."""
    monkeypatch.setattr(idling, "FOLLOW", 0.0)
    sync(app)
    watch = Watch(app)
    follow(app, watch)
    bell.wait_for_more_than(0)
    yield watch
    threads = list(watch.listeners.values())
    watch.stop()
    for thread in threads:
        thread.join(SOON)


def follow(app: Flask, watch: Watch) -> None:
    with app.app_context():
        watch.follow()


def change(app: Flask, **settings: object) -> None:
    app.extensions["casey.configuration"].static.update(settings)


def listening(house: House) -> int:
    """How often somebody began to listen."""
    return house.log.read_text().count("listening mailbox=")


def test_mail_is_decided_within_two_seconds_although_we_look_once_an_hour(house: House, dovecot: Dovecot) -> None:
    house.environ["CASEY_MAIL_SYNC_TIMER"] = "3600"
    house.start("web", "worker", "ticker")
    house.until(lambda: listening(house) == 1, "somebody to listen")
    for number in range(1, 4):
        if number == 3:
            dovecot.kick(HOUSE_SUPPORT)
            house.until(lambda: listening(house) == 2, "somebody to listen again")
        began = time.monotonic()
        dovecot.deliver(HOUSE_SUPPORT, letter(UNA, f"Mail {number}", "Hi", to=HOUSE_SUPPORT).as_bytes())
        house.until(lambda: len(house.call("GET", "/cases").json["items"]) == number, "the case")  # noqa: B023
        assert time.monotonic() - began < 2
    began = time.monotonic()
    ticker = house.running.pop("ticker")
    ticker.terminate()
    assert ticker.wait(5) == 0
    assert time.monotonic() - began < 3


def test_each_arrival_rings_and_a_quiet_mailbox_does_not(dovecot: Dovecot, watch: Watch, bell: Bell) -> None:
    for number in range(2):
        rings = bell.rings
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
        bell.wait_for_more_than(rings)
    assert not threading.Event().wait(3 * idling.GLANCE)
    assert bell.rings <= 4


@pytest.mark.usefixtures("watch")
def test_a_line_that_is_cut_is_laid_again(dovecot: Dovecot, line: Proxy, bell: Bell) -> None:
    for rings in (bell.rings, bell.rings + 1):
        dovecot.kick(SUPPORT)
        bell.wait_for_more_than(rings)
    assert line.connections <= 6


def test_a_line_that_died_in_silence_is_noticed_at_the_end_of_the_round(
    app: Flask, line: Proxy, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idling, "ROUND", 0.1)
    monkeypatch.setattr(idling, "GLANCE", 0.1)
    monkeypatch.setattr(idling, "FOLLOW", 0.0)
    monkeypatch.setattr(idling.session, "TIMEOUT", idling.session.SocketTimeout(connect=1, read=0.5))
    sync(app)
    watch = Watch(app)
    follow(app, watch)
    bell.wait_for_more_than(0)
    connections = line.connections
    line.silence()
    wait_until(lambda: line.connections > connections, SOON, "another attempt")
    [listener] = watch.listeners.values()
    watch.stop()
    listener.join(SOON)
    assert not listener.is_alive()


@pytest.mark.usefixtures("bell")
def test_no_database_connection_is_held_while_listening(app: Flask, watch: Watch) -> None:
    with app.app_context():
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert all(listener.is_alive() for listener in watch.listeners.values())


@pytest.mark.parametrize("settings", [{"imapIdle": False}, {"mailEnable": False}, {"imapPassword": "another"}])
def test_changed_settings_are_followed(app: Flask, watch: Watch, settings: dict[str, object]) -> None:
    [listener] = watch.listeners.values()
    follow(app, watch)
    assert list(watch.listeners.values()) == [listener]
    change(app, **settings)
    follow(app, watch)
    listener.join(SOON)
    assert not listener.is_alive()
    assert listener not in watch.listeners.values()


def test_nobody_listens_at_a_mailbox_in_trouble(app: Flask, dovecot: Dovecot, watch: Watch) -> None:
    [listener] = watch.listeners.values()
    dovecot.stop()
    sync(app)
    follow(app, watch)
    assert watch.listeners == {}
    listener.join(SOON)
    assert not listener.is_alive()


def pauses_of_a_listener(app: Flask) -> list[float]:
    """How long it rests between its attempts, of which it makes twelve in no time."""
    pauses: list[float] = []

    class Hurried(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0)
            return len(pauses) > 12

    with app.app_context():
        [account] = idling.accounts()
    listener = idling.Listener(app, account)
    listener.told_to_leave = Hurried()
    listener.run()
    return pauses


@pytest.mark.usefixtures("line")
def test_whoever_is_refused_comes_back_ever_more_seldom(app: Flask, bell: Bell) -> None:
    sync(app)
    change(app, imapPassword="not it")
    pauses = pauses_of_a_listener(app)
    assert pauses[:4] == [0, 1, 3, 7]
    assert pauses[-1] == idling.LONGEST_PAUSE
    assert bell.rings == 0


@pytest.mark.usefixtures("line")
def test_a_mistake_of_ours_while_listening_is_not_made_every_moment(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def signed_in(_account: object) -> None:
        raise RuntimeError("broken")

    sync(app)
    monkeypatch.setattr(idling.session, "signed_in", signed_in)
    pauses = pauses_of_a_listener(app)
    assert (pauses[:4], pauses[-1]) == ([0, 1, 3, 7], idling.LONGEST_PAUSE)
    assert "listening failed mailbox=1" in caplog.text
