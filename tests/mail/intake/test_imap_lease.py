"""Long looks at the mailbox: the lease is kept, or lost without harm; the bell is rung once; the job's time can end."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail import mailboxes
from app.mail.intake import fetching, imap, reconciling, syncing, taking
from app.mail.models import Mailbox
from app.queue import JobTimeout
from app.transaction import transaction
from tests.cast import UNA
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import contents, imap_settings, our_mailbox, sync
from tests.mail.rows import inbound
from tests.servers.dovecot import Dovecot
from tests.servers.needs import need

A_READ = timedelta(seconds=31)


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    need(Dovecot.available(), "Dovecot")
    with Dovecot() as server:
        for number in range(4):
            server.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
        yield server


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot) -> dict[str, str]:
    return environ | imap_settings(dovecot)


def test_the_lease_is_kept_while_a_slow_server_is_read(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = imap.content
    with time_machine.travel(now(), tick=False) as clock:

        def slowly(client: object, uid: int) -> bytes | None:
            clock.shift(A_READ)
            with monkeypatch.context() as other, transaction():
                other.setattr(mailboxes, "process_name", lambda: "another:1")
                assert not mailboxes.take_lease(1, "syncing", syncing.LEASE)
            return real(client, uid)  # type: ignore[arg-type]

        monkeypatch.setattr(imap, "content", slowly)
        assert sync(app) == 4
    assert contents(dovecot) == (0, 4)


@pytest.mark.parametrize("compared", ["the inbox", "what was put away"])
def test_the_lease_is_kept_while_known_mails_are_compared(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch, compared: str
) -> None:
    def refuse(_client: object, _uids: list[int]) -> None:
        raise imap.Refused("over quota")

    if compared == "the inbox":
        monkeypatch.setattr(imap, "put_away", refuse)
    sync(app)
    if compared == "what was put away":
        dovecot.change_uidvalidity(SUPPORT)
    for place in (syncing, reconciling):
        monkeypatch.setattr(place, "BATCH", 1)
    monkeypatch.setattr(fetching, "MOST_UIDS", 1)
    visits: list[str] = []
    with time_machine.travel(now(), tick=False) as clock:

        def slowly(real: Callable[..., Any]) -> Callable[..., Any]:
            def slow(*args: Any) -> Any:
                clock.shift(A_READ)
                visits.append(real.__name__)
                with monkeypatch.context() as other, transaction():
                    other.setattr(mailboxes, "process_name", lambda: "another:1")
                    assert not mailboxes.take_lease(1, "syncing", syncing.LEASE)
                return real(*args)

            return slow

        monkeypatch.setattr(imap, "glance", slowly(imap.glance))
        monkeypatch.setattr(fetching, "journaled_uids", slowly(fetching.journaled_uids))
        sync(app)
    assert len(visits) >= 4
    assert our_mailbox(app).trouble == ("over quota" if compared == "the inbox" else None)
    assert our_mailbox(app).holes == 0


def test_who_has_lost_the_lease_stops_and_that_is_no_trouble(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = imap.content

    def overtaken(client: object, uid: int) -> bytes | None:
        with transaction():
            another = {"lease_owner": "another:1", "lease_until": now() + syncing.LEASE}
            db.session.execute(sa.update(Mailbox).values(another))
        return real(client, uid)  # type: ignore[arg-type]

    monkeypatch.setattr(imap, "content", overtaken)
    assert sync(app) == 0
    assert inbound(app) == []
    known = our_mailbox(app)
    assert (known.trouble, known.failures, known.lease_owner) == (None, 0, "another:1")
    assert contents(dovecot) == (4, 0)


def test_when_the_jobs_time_ends_during_a_download_health_says_so(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_client: object, _uid: int) -> bytes:
        raise JobTimeout("time is up")

    with monkeypatch.context() as slow:
        slow.setattr(imap, "content", endless)
        with pytest.raises(JobTimeout):
            sync(app)
    assert "time is up" in str(our_mailbox(app).trouble)
    assert our_mailbox(app).lease_until is None


def test_a_look_that_takes_too_long_is_finished_by_the_next(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "BATCH", 1)
    with monkeypatch.context() as slow:
        slow.setattr(syncing, "LOOK_SECONDS", 0.0)
        assert sync(app) == 0
    assert sync(app) == 4
    assert our_mailbox(app).trouble is None


def test_a_look_has_one_end_however_much_arrives_meanwhile(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, ends = syncing._end, []

    def end(visit: fetching.Visit) -> bool:
        ends.append(visit.until)
        visit.until -= syncing.LOOK_SECONDS if len(ends) == 3 else 0
        dovecot.deliver(SUPPORT, letter(UNA, f"Late {len(ends)}", "Hi").as_bytes())
        return real(visit)

    rung: list[tuple[str, int]] = []
    monkeypatch.setattr(syncing, "enqueue", lambda job, id: rung.append((job, id)))
    monkeypatch.setattr(syncing, "_end", end)
    assert sync(app) == 6
    assert len(ends) == 3
    assert len(set(ends)) == 1
    assert rung == [("mail.sync_mailbox", 1)]


def test_for_a_batch_the_bell_is_rung_once(app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[tuple[str, int]] = []
    monkeypatch.setattr(taking, "enqueue", lambda job, id: rung.append((job, id)))
    sync(app)
    assert rung == [("mail.decide_mailbox", 1)]


def test_a_large_mail_is_stored_by_itself(app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "BATCH_BYTES", 2000)
    dovecot.deliver(SUPPORT, letter(UNA, "Large", "x" * 3000).as_bytes())
    dovecot.deliver(SUPPORT, letter(UNA, "Small", "x").as_bytes())
    rung: list[int] = []
    monkeypatch.setattr(taking, "enqueue", lambda _job, id: rung.append(len(inbound(app))))
    assert sync(app) == 6
    assert len(rung) >= 3
