"""Taking mail in from a real Dovecot: everything once, and nothing skipped."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail import mailboxes
from app.mail.deciding import oversize
from app.mail.intake import fetching, imap, syncing
from app.mail.models import InboundEmail, Outcome
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import contents, imap_settings, our_mailbox, sync
from tests.mail.rows import cases, inbound
from tests.servers.dovecot import Dovecot
from tests.servers.needs import need


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    need(Dovecot.available(), "Dovecot")
    with Dovecot() as server:
        yield server


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot) -> dict[str, str]:
    return environ | imap_settings(dovecot)


@pytest.fixture
def put_away_fails_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next mail is stored, and then the server refuses to move it."""
    real, failures = imap.put_away, iter([imap.Refused("move failed")])

    def put_away(client: object, uids: list[int]) -> None:
        for failure in failures if uids else ():
            raise failure
        real(client, uids)  # type: ignore[arg-type]

    monkeypatch.setattr(imap, "put_away", put_away)


def test_a_new_mail_is_journaled_with_its_bytes_and_put_away(app: Flask, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    [raw] = dovecot.messages(SUPPORT)
    before = now()
    assert sync(app) == 1
    [row] = inbound(app)
    assert row.sha256 == hashlib.sha256(raw).hexdigest()
    assert (row.folder, row.uid_validity, row.uid) == ("INBOX", dovecot.uidvalidity(SUPPORT), 1)
    assert row.size == len(raw)
    assert str(row.message_id).endswith("@customer.test>")
    assert before <= row.received_at <= now()
    assert row.outcome is None
    assert contents(dovecot) == (0, 1)
    assert dovecot.messages(SUPPORT, "Processed") == [raw]
    known = our_mailbox(app)
    assert (known.trouble, known.lease_until) == (None, None)
    assert known.synced_at is not None


def test_what_was_taken_in_opens_a_case(app: Flask, cast: Cast, dovecot: Dovecot, work: Worker) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    sync(app)
    work()
    assert [one.subject for one in cases(app)] == ["I found a bug"]
    assert sync(app) == 0
    work()
    assert len(cases(app)) == 1


@pytest.mark.usefixtures("put_away_fails_once")
def test_a_mail_that_was_stored_but_not_moved_is_put_away_and_not_doubled(app: Flask, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    assert sync(app) == 1
    assert contents(dovecot) == (1, 0)
    assert len(inbound(app)) == 1
    assert sync(app) == 0
    assert contents(dovecot) == (0, 1)
    assert len(inbound(app)) == 1


@pytest.mark.usefixtures("put_away_fails_once")
def test_after_a_change_of_uidvalidity_duplicates_are_recognised(
    app: Flask, cast: Cast, dovecot: Dovecot, work: Worker
) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    sync(app)
    work()
    dovecot.change_uidvalidity(SUPPORT)
    dovecot.deliver(SUPPORT, letter(UNA, "Another", "Thing").as_bytes())
    assert sync(app) == 2
    work()
    [duplicate] = [row for row in inbound(app) if row.outcome is Outcome.DUPLICATE]
    assert sorted(one.subject for one in cases(app)) == ["Another", "I found a bug"]
    assert (duplicate.case_id, duplicate.sha256) == (cases(app)[0].id, inbound(app)[0].sha256)
    assert contents(dovecot) == (0, 2)


def test_the_same_message_id_with_other_bytes_is_a_new_mail(
    app: Flask, cast: Cast, dovecot: Dovecot, work: Worker
) -> None:
    for text in ("One", "Two"):
        dovecot.deliver(SUPPORT, letter(UNA, text, text, message_id="<always-the-same@customer.test>").as_bytes())
    sync(app)
    work()
    assert [row.outcome for row in inbound(app)] == [Outcome.OPENED, Outcome.OPENED]
    assert [one.subject for one in cases(app)] == ["One", "Two"]


def test_a_mail_without_message_id_gets_one_from_its_hash(app: Flask, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, f"From: {UNA}\r\nSubject: No id\r\n\r\nHi\r\n".encode())
    sync(app)
    [row] = inbound(app)
    assert row.message_id == f"<{row.sha256}@missing.invalid>"


def test_a_mail_that_was_read_already_is_still_taken(app: Flask, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    with dovecot.login(SUPPORT) as somebody:
        somebody.select_folder("INBOX")
        somebody.add_flags([1], [b"\\Seen"])
    assert sync(app) == 1


def test_taking_a_mail_does_not_mark_it_as_read(app: Flask, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    sync(app)
    with dovecot.login(SUPPORT) as somebody:
        somebody.select_folder("Processed", readonly=True)
        assert b"\\Seen" not in somebody.get_flags([1])[1]


@pytest.mark.settings(CASEY_MAIL_FLOOD_LIMIT="60")
def test_sixty_mails_are_taken_in_their_order(app: Flask, cast: Cast, dovecot: Dovecot, work: Worker) -> None:
    for number in range(60):
        dovecot.deliver(SUPPORT, letter(f"una{number}@customer.test", f"Mail {number}", "Hi").as_bytes())
    assert sync(app) == 60
    work()
    assert [row.uid for row in inbound(app)] == list(range(1, 61))
    assert [one.subject for one in cases(app)] == [f"Mail {number}" for number in range(60)]
    assert contents(dovecot) == (0, 60)


def test_a_mail_over_the_limit_is_quarantined_with_its_headers(
    app: Flask, cast: Cast, dovecot: Dovecot, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (fetching, oversize):
        monkeypatch.setattr(place, "LARGEST", 2000)
    dovecot.deliver(SUPPORT, letter(UNA, "Large", "x" * 3000).as_bytes())
    dovecot.deliver(SUPPORT, letter(UNA, "Small", "x").as_bytes())
    assert sync(app) == 2
    work()
    large, small = inbound(app)
    assert (large.outcome, large.reason) == (Outcome.QUARANTINED, "too_large")
    assert large.size > 3000
    assert large.message_id.endswith("@customer.test>")
    assert small.outcome is Outcome.OPENED
    with app.app_context():
        kept = db.session.get_one(InboundEmail, large.id).raw.content
    assert b"Subject: Large" in kept
    assert b"xxx" not in kept
    assert contents(dovecot) == (0, 2)


def test_nothing_is_fetched_from_a_mailbox_when_mail_is_off(app: Flask, dovecot: Dovecot) -> None:
    app.extensions["casey.configuration"].static["mailEnable"] = False
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    assert sync(app) == 0
    assert contents(dovecot) == (1, 0)


@on_both
def test_two_syncers_take_each_mail_once(app: Flask, dovecot: Dovecot) -> None:
    for number in range(40):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    start = threading.Barrier(2)

    def syncer() -> None:
        start.wait()
        sync(app)

    threads = [threading.Thread(target=syncer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sync(app)
    assert sorted(row.uid for row in inbound(app)) == list(range(1, 41))
    assert contents(dovecot) == (0, 40)


def test_while_another_process_holds_the_lease_nothing_is_taken(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "I found a bug", "It is over there!").as_bytes())
    with monkeypatch.context() as other:
        other.setattr(mailboxes, "process_name", lambda: "another:1")
        with app.app_context():
            assert syncing._begin(*syncing.mailboxes_to_read()) is not None
    assert sync(app) == 0
    monkeypatch.setattr(mailboxes, "now", lambda: now() + syncing.LEASE + timedelta(seconds=1))
    assert sync(app) == 1
