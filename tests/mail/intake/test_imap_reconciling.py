"""What the server and the journal must agree on: UIDs used again, mails that cannot be moved, mails found again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from imapclient import IMAPClient

from app.extensions import db
from app.mail.intake import imap, reconciling, syncing
from app.mail.intake.fetching import Folder, Visit
from app.mail.models import InboundEmail, Mailbox
from app.transaction import transaction
from tests.cast import EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import contents, imap_settings, our_mailbox, sync
from tests.mail.rows import cases, inbound
from tests.servers.dovecot import Dovecot
from tests.servers.needs import need

YEARS_AGO = datetime(2020, 2, 3, 9, tzinfo=UTC)
RECEIVED = "by mx.casey.test; Mon, 3 Feb 2020 10:00:00 +0100"


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    need(Dovecot.available(), "Dovecot")
    with Dovecot() as server:
        yield server


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot) -> dict[str, str]:
    return environ | imap_settings(dovecot)


@pytest.fixture
def nothing_can_be_moved(monkeypatch: pytest.MonkeyPatch, dovecot: Dovecot) -> Iterator[None]:
    """The folder for what has been taken in cannot be written."""
    with dovecot.login(SUPPORT) as somebody:
        somebody.folder_status("Processed")
    folder = Path(dovecot._root) / "mail" / SUPPORT / ".Processed"
    for place in (folder / "tmp", folder / "cur", folder / "new", folder):
        place.chmod(0o500)
    yield
    for place in (folder, folder / "tmp", folder / "cur", folder / "new"):
        place.chmod(0o700)


def change_journal(app: Flask, **values: object) -> None:
    with app.app_context(), transaction():
        db.session.execute(sa.update(InboundEmail).values(values))


@pytest.mark.parametrize(
    "later",
    [
        letter(EVE, "Another", "Another thing entirely"),
        letter(UNA, "Number two", "It burns!", message_id="<always-the-same@customer.test>"),
        letter(UNA, "No id two", "It burns!", message_id=""),
    ],
    ids=["another mail", "another size", "no Message-ID"],
)
def test_a_uid_that_the_server_uses_again_loses_no_mail(
    app: Flask, cast: Cast, dovecot: Dovecot, work: Worker, later: object
) -> None:
    first = letter(UNA, "Number 1", "It burns!", message_id="<always-the-same@customer.test>")
    dovecot.deliver(SUPPORT, first.as_bytes())
    sync(app)
    change_journal(app, uid=2)
    dovecot.deliver(SUPPORT, later.as_bytes())  # type: ignore[attr-defined]
    assert sync(app) == 1
    work()
    assert [(row.uid, row.generation, row.outcome) for row in inbound(app)] == [(2, 0, "opened"), (2, 1, "opened")]
    assert len(cases(app)) == 2
    assert inbound(app)[1].decisions[0]["rule"] == "uid_used_again"
    assert contents(dovecot) == (0, 2)


@pytest.mark.usefixtures("nothing_can_be_moved")
def test_mails_that_cannot_be_moved_are_taken_in_and_health_says_so(app: Flask, dovecot: Dovecot) -> None:
    for number in range(3):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
        assert sync(app) == 1
    assert contents(dovecot) == (3, 0)
    assert [row.uid for row in inbound(app)] == [1, 2, 3]
    assert "Processed" in str(our_mailbox(app).trouble)
    assert (our_mailbox(app).failures, our_mailbox(app).next_at) == (0, None)
    answer = app.test_client().get("/health/ready").json
    assert answer
    assert answer["mailboxes"] == "in trouble"


def test_a_refusal_for_some_mails_does_not_keep_others_from_being_taken(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    real = imap.put_away

    def put_away(client: object, uids: list[int]) -> None:
        if 1 in uids:
            raise imap.Refused("over quota")
        real(client, uids)  # type: ignore[arg-type]

    with monkeypatch.context() as refusing:
        refusing.setattr(imap, "put_away", put_away)
        assert sync(app) == 60
        assert contents(dovecot) == (60, 0)
        assert our_mailbox(app).trouble == "over quota"
    assert sync(app) == 0
    assert (contents(dovecot), our_mailbox(app).trouble) == ((0, 60), None)


@on_both
@pytest.mark.parametrize("message_id", ["<{}@customer.test>", ""])
def test_a_mail_that_was_moved_but_whose_commit_was_lost_is_found_again(
    app: Flask, cast: Cast, dovecot: Dovecot, work: Worker, message_id: str
) -> None:
    sync(app)
    for number in range(2):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi", message_id=message_id.format(number)).as_bytes())
    before = our_mailbox(app)
    sync(app)
    with app.app_context(), transaction():  # as by a backup, which forgets all that came after it
        db.session.execute(sa.delete(InboundEmail).where(InboundEmail.uid == 2))
        db.session.execute(sa.update(Mailbox).values(processed_uid=before.processed_uid))
    assert sync(app) == 1
    work()
    assert sorted(one.subject for one in cases(app)) == ["Mail 0", "Mail 1"]
    assert [(row.folder, row.outcome) for row in inbound(app)] == [("INBOX", "opened"), ("Processed", "opened")]
    assert (sync(app), contents(dovecot)) == (0, (0, 2))
    assert our_mailbox(app).holes == 0


@pytest.mark.parametrize(
    ("headers", "kept_since"),
    [({}, YEARS_AGO), ({"Received": RECEIVED}, None), ({"Received": "by mx.casey.test; once upon a time"}, YEARS_AGO)],
    ids=["by the server's own date", "by the header that our server wrote", "by its date, whatever the header says"],
)
def test_what_was_put_away_before_we_came_is_not_ours_whatever_its_uid_becomes(
    app: Flask, dovecot: Dovecot, headers: dict[str, str], kept_since: datetime | None
) -> None:
    with dovecot.login(SUPPORT) as somebody:
        for number in range(3):
            old = letter(UNA, f"Years ago {number}", "Hi", **headers)
            somebody.append("Processed", old.as_bytes(), msg_time=kept_since)
    assert (sync(app), sync(app)) == (0, 0)
    dovecot.deliver(SUPPORT, letter(UNA, "Today", "Hi").as_bytes())
    assert sync(app) == 1
    for _ in range(2):
        dovecot.change_uidvalidity(SUPPORT)
        assert sync(app) == 0
        assert our_mailbox(app).processed_validity == dovecot.uidvalidity(SUPPORT, "Processed")
    dovecot.deliver(SUPPORT, letter(UNA, "Tomorrow", "Hi").as_bytes())
    assert (sync(app), len(inbound(app)), our_mailbox(app).holes) == (1, 2, 0)
    assert contents(dovecot) == (0, 5)


def test_a_folder_that_is_gone_through_again_in_many_looks_is_gone_through_to_its_end(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dovecot.login(SUPPORT) as somebody:
        for number in range(3):
            somebody.append("Processed", letter(UNA, f"Years ago {number}", "Hi").as_bytes(), msg_time=YEARS_AGO)
    sync(app)
    for number in range(2):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    sync(app)
    dovecot.change_uidvalidity(SUPPORT)
    with app.app_context(), transaction():
        db.session.execute(sa.delete(InboundEmail).where(InboundEmail.id == 2))
    monkeypatch.setattr(reconciling, "BATCH", 1)
    compared: list[int] = []
    real = imap.came_in

    def came_in(client: object, uids: list[int]) -> object:
        compared.extend(uids)
        return real(client, uids)  # type: ignore[arg-type]

    monkeypatch.setattr(imap, "came_in", came_in)
    cursors = []
    for look in range(1, 7):
        with monkeypatch.context() as short:
            short.setattr(Visit, "over", property(lambda _visit, look=look: len(compared) >= look))
            sync(app)
        cursors.append(our_mailbox(app).processed_uid)
    assert compared == [1, 2, 3, 4, 5]
    assert cursors == [-1, -2, -3, -4, -5, 5]
    assert len(inbound(app)) == 2


def test_a_mail_that_the_journal_does_not_get_is_a_hole_until_it_does(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(app)
    with dovecot.login(SUPPORT) as somebody:
        somebody.append("Processed", letter(UNA, "Moved by hand", "Hi").as_bytes())
    dovecot.deliver(SUPPORT, letter(UNA, "Hidden", "Hi").as_bytes())
    with monkeypatch.context() as hiccup:
        hiccup.setattr(imap, "content", lambda client, uid: None)
        for _ in range(2):
            assert sync(app) == 0
            assert our_mailbox(app).holes == 2
        answer = app.test_client().get("/health/ready").json
        assert answer
        assert answer["mailboxes"] == "in trouble"
    assert sync(app) == 2
    assert (our_mailbox(app).holes, contents(dovecot)) == (0, (0, 2))


@pytest.mark.parametrize("answer", ["nothing", "a refusal"])
def test_a_mail_that_is_never_handed_out_keeps_no_other_from_being_found(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    sync(app)
    with dovecot.login(SUPPORT) as somebody:
        for number in range(3):
            somebody.append("Processed", letter(UNA, f"Moved by hand {number}", "Hi").as_bytes())
    monkeypatch.setattr(reconciling, "BATCH", 1)
    real = imap.content

    def content(client: object, uid: int) -> bytes | None:
        if uid == 1 and answer == "a refusal":
            raise imap.Refused("mail 1 is broken")
        return None if uid == 1 else real(client, uid)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(imap, "content", content)
        for taken in (2, 0):
            assert sync(app) == taken
            known = our_mailbox(app)
            assert (known.processed_uid, known.processed_missed, known.holes) == (3, [1], 1)
            assert known.trouble == ("mail 1 is broken" if answer == "a refusal" else None)
    assert sync(app) == 1
    known = our_mailbox(app)
    assert (known.processed_missed, known.holes, known.trouble) == ([], 0, None)


def test_a_hole_is_closed_when_its_mail_has_gone(app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(app)
    with dovecot.login(SUPPORT) as somebody:
        somebody.append("Processed", letter(UNA, "Moved by hand", "Hi").as_bytes())
    monkeypatch.setattr(imap, "content", lambda client, uid: None)
    sync(app)
    assert our_mailbox(app).holes == 1
    with dovecot.login(SUPPORT) as somebody:
        somebody.select_folder("Processed")
        somebody.delete_messages([1])
        somebody.expunge()
    sync(app)
    assert (our_mailbox(app).holes, our_mailbox(app).processed_missed) == (0, [])


def test_new_mail_is_taken_in_while_a_large_folder_is_gone_through_again(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    sync(app)
    dovecot.change_uidvalidity(SUPPORT)
    dovecot.deliver(SUPPORT, letter(UNA, "New", "Hi").as_bytes())
    monkeypatch.setattr(reconciling, "BATCH", 1)
    compared: list[int] = []
    real = imap.came_in

    def came_in(client: object, uids: list[int]) -> object:
        compared.extend(uids)
        return real(client, uids)  # type: ignore[arg-type]

    monkeypatch.setattr(imap, "came_in", came_in)
    monkeypatch.setattr(Visit, "over", property(lambda _visit: len(compared) >= 1))
    assert sync(app) == 1
    assert compared == [1]


def test_new_mail_comes_before_what_could_not_be_moved(
    app: Flask, dovecot: Dovecot, nothing_can_be_moved: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    sync(app)
    for number in (3, 4):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    monkeypatch.setattr(syncing, "BATCH", 1)
    looked_at: list[int] = []
    real = syncing.take_batch

    def take_batch(visit: Visit, folder: Folder, uids: list[int]) -> list[int]:
        looked_at.extend(uids)
        return real(visit, folder, uids)

    monkeypatch.setattr(syncing, "take_batch", take_batch)
    with monkeypatch.context() as short:
        short.setattr(Visit, "over", property(lambda _visit: len(looked_at) >= 2))
        assert sync(app) == 2
    assert looked_at == [4, 5]
    assert sync(app) == 0
    assert sorted(looked_at[2:]) == [1, 2, 3, 4, 5]


def test_a_server_that_refuses_to_move_is_asked_once_in_a_look(
    app: Flask, dovecot: Dovecot, nothing_can_be_moved: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    monkeypatch.setattr(syncing, "BATCH", 1)
    asked: list[list[int]] = []
    real = imap.put_away
    monkeypatch.setattr(imap, "put_away", lambda client, uids: asked.append(uids) or real(client, uids))
    assert sync(app) == 3
    assert asked == [[1]]
    sync(app)
    assert len(asked) == 2


def test_one_mail_that_cannot_be_moved_does_not_hold_up_all_others_for_ever(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        dovecot.deliver(SUPPORT, letter(UNA, f"Mail {number}", "Hi").as_bytes())
    monkeypatch.setattr(syncing, "BATCH", 1)
    real = imap.put_away

    def put_away(client: object, uids: list[int]) -> None:
        if 1 in uids:
            raise imap.Refused("over quota")
        real(client, uids)  # type: ignore[arg-type]

    monkeypatch.setattr(imap, "put_away", put_away)
    for _ in range(40):
        sync(app)
        if contents(dovecot) == (1, 5):
            break
    assert (contents(dovecot), len(inbound(app))) == ((1, 5), 6)


def test_a_mail_of_which_the_server_tells_no_date_is_taken_in_rather_than_left(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(app)
    with dovecot.login(SUPPORT) as somebody:
        somebody.append("Processed", letter(UNA, "Moved by hand", "Hi").as_bytes())
    dovecot.change_uidvalidity(SUPPORT)
    real = IMAPClient.fetch

    def fetch(client: IMAPClient, uids: list[int], what: list[str]) -> dict[int, dict[bytes, Any]]:
        found = real(client, uids, what)
        return {uid: {key: one for key, one in items.items() if key != b"INTERNALDATE"} for uid, items in found.items()}

    monkeypatch.setattr(IMAPClient, "fetch", fetch)
    assert sync(app) == 1


def test_what_was_put_away_is_compared_once(app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "Help!", "Hi").as_bytes())
    sync(app)
    opened: list[str] = []
    real = imap.open_folder
    monkeypatch.setattr(imap, "open_folder", lambda client, folder: opened.append(folder) or real(client, folder))
    for _ in range(3):
        sync(app)
    assert opened == ["INBOX", "INBOX", "INBOX"]


def test_after_a_change_of_uidvalidity_what_was_put_away_is_compared_again(
    app: Flask, cast: Cast, dovecot: Dovecot, work: Worker
) -> None:
    for subject in ("First", "Second"):
        dovecot.deliver(SUPPORT, letter(UNA, subject, "Hi").as_bytes())
        sync(app)
    dovecot.change_uidvalidity(SUPPORT)
    assert sync(app) == 0
    assert our_mailbox(app).processed_validity == dovecot.uidvalidity(SUPPORT, "Processed")
    with app.app_context(), transaction():
        db.session.execute(sa.delete(InboundEmail).where(InboundEmail.id == 2))
    dovecot.change_uidvalidity(SUPPORT)
    assert sync(app) == 1
    assert len(inbound(app)) == 2


def test_another_mailbox_under_the_same_address_has_mails_of_its_own(app: Flask, dovecot: Dovecot) -> None:
    dovecot.deliver(SUPPORT, letter(UNA, "Here", "Hi").as_bytes())
    assert sync(app) == 1
    change_journal(app, uid_validity=dovecot.uidvalidity("other@casey.test"))
    app.extensions["casey.configuration"].static["imapUsername"] = "other@casey.test"
    dovecot.deliver("other@casey.test", letter(UNA, "There", "Hi").as_bytes())
    assert sync(app) == 1
    assert len({row.mailbox_id for row in inbound(app)}) == 2
    assert {row.generation for row in inbound(app)} == {0}
