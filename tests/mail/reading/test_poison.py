"""Mails made to hurt whoever reads them: each is put into quarantine, or read, and the next one is not held up."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from app.mail.deciding.batches import decide_mailbox
from app.mail.reading import program
from app.mail.reading import room as reading_room
from app.mail.reading.incoming import Incoming, Part
from app.mail.reading.parsing import parse
from app.mail.reading.room import NoReader, Unreadable, read
from tests.cast import UNA, Cast
from tests.letters import letter
from tests.mail.poisons import HEAD, QUARANTINED, READ
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

GOOD_MAIL_WAITS = 60.0
SHOW_WHAT_IS_LOADED = """
_leave_the_application_out()
import app.crash, app.mail.reading.parsing
print(*(name for name in sys.modules if name.startswith("app.")))
"""


@pytest.mark.parametrize("poison", QUARANTINED)
def test_a_poisoned_mail_is_quarantined_and_the_next_one_is_decided_in_the_same_batch(
    app: Flask, cast: Cast, outside: Outside, poison: str
) -> None:
    make, reasons = QUARANTINED[poison]
    outside.send(make())
    outside.send(letter(UNA, "Innocent", "Hi"))
    began = time.monotonic()
    with app.app_context():
        assert decide_mailbox(1) == 2
    assert time.monotonic() - began < GOOD_MAIL_WAITS
    [bad, good] = inbound(app)
    assert (bad.outcome, bad.reason in reasons, good.outcome) == ("quarantined", True, "opened")
    assert [one.subject for one in cases(app)] == ["Innocent"]


@pytest.mark.campaign
@pytest.mark.parametrize("poison", READ)
def test_a_mail_made_to_hurt_is_read_within_bounds(context: Flask, poison: str) -> None:
    began = time.monotonic()
    found = read(READ[poison]())
    assert isinstance(found, Incoming)
    assert time.monotonic() - began < reading_room.SECONDS
    assert "Hi" in found.text or found.files


@pytest.mark.parametrize("name", ["quotes in From", "parentheses in From", "encoded words in Subject", "10,000 files"])
def test_a_mail_made_to_hurt_is_decided(app: Flask, cast: Cast, outside: Outside, name: str) -> None:
    outside.send(READ[name]())
    outside.send(letter(UNA, "Innocent", "Hi"))
    with app.app_context():
        assert decide_mailbox(1) == 2
    assert {row.outcome for row in inbound(app)} <= {"opened", "held"}


def test_while_a_mail_is_read_everybody_else_can_write(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_while_another_arrives(_raw: bytes) -> Unreadable:
        outside.send(letter(UNA, "Meanwhile", "Hi"))
        return Unreadable("parse_timeout")

    monkeypatch.setattr("app.mail.deciding.batches.read", read_while_another_arrives)
    outside.send(letter(UNA, "Slow", "Hi"))
    with app.app_context():
        decide_mailbox(1)
    assert [row.outcome for row in inbound(app)] == ["quarantined", None]


def test_a_large_mail_is_read(context: Flask) -> None:
    attachment = (b"QUFB" * 19 + b"\r\n") * 440_000
    parts = b"--b\r\n\r\nHi\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = read(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + attachment + b"--b--\r\n")
    assert isinstance(found, Incoming)
    assert (found.text, [len(one.content) for one in found.files]) == ("Hi", [440_000 * 57])


def test_what_was_read_is_what_was_written(context: Flask) -> None:
    head = (
        "From: =?utf-8?q?=C3=9Cna?= <Una@Customer.test>\r\nSubject: \udcff\r\nReferences: <a@x.test> <b@x.test>\r\n\r\n"
    )
    found = read((head + "Schöne \0 Grüße").encode("utf-8", "surrogateescape"))
    assert isinstance(found, Incoming)
    assert (found.sender, found.sender_name, found.subject) == (UNA, "Üna", "ÿ")
    assert (found.text, found.references) == ("Schöne \ufffd Grüße", ("<a@x.test>", "<b@x.test>"))


def test_files_come_out_of_the_reader_byte_by_byte(context: Flask) -> None:
    parts = [b"--b\r\nContent-Type: image/png; name=%d.png\r\n\r\n%b\r\n" % (n, bytes(range(n))) for n in range(3)]
    found = read(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"".join(parts) + b"--b--\r\n")
    assert isinstance(found, Incoming)
    assert found.files == tuple(Part(f"{n}.png", "image/png", bytes(range(n))) for n in range(3))


def test_all_that_was_read_comes_out_of_the_reader(context: Flask) -> None:
    head = (
        HEAD
        + b"To: Ben <BEN@team.test>\r\nSubject: Fwd: Hi\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    )
    inner = b"Content-Type: message/rfc822\r\n\r\nFrom: Eve <EVE@stranger.test>\r\n\r\nHi\r\n--b--\r\n"
    quoted = b"\r\nNew\r\n\r\nOn Mon, 1 Jun 2026 at 10:00, Ben <ben@team.test> wrote:\r\n> old\r\n--b\r\n"
    raw = head + quoted + inner
    found = read(raw)
    assert found == parse(raw)
    assert isinstance(found, Incoming)
    assert found.visible
    assert found.forward
    assert found.copied


def test_a_report_comes_out_of_the_reader(context: Flask) -> None:
    report = (
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.x.test\r\n\r\nFinal-Recipient:"
    )
    report += b" rfc822; una@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    raw = HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" + report
    found = read(raw)
    assert isinstance(found, Incoming)
    assert found.report
    assert found == parse(raw)


def test_the_reader_loads_nothing_of_the_application_but_what_reads() -> None:
    script = Path(program.__file__).read_text().replace('if __name__ == "__main__":', "if False:")
    run = [sys.executable, "-c", f"__file__ = {program.__file__!r}\n{script}\n{SHOW_WHAT_IS_LOADED}"]
    shown = subprocess.run(run, capture_output=True, text=True, check=True)
    loaded = {name for name in shown.stdout.split() if name not in {"app.mail", "app.text", "app.crash"}}
    assert loaded
    assert all(name.startswith("app.mail.reading") for name in loaded)


def test_a_reader_is_replaced_after_its_share_and_when_it_is_gone(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_room, "MAILS_EACH", 2)
    monkeypatch.setattr(reading_room, "_room", reading_room.Room())
    room = reading_room._room
    readers = []
    for _ in range(3):
        read(HEAD)
        assert room.reader
        readers.append(room.reader.process.pid)
    assert readers[0] == readers[1] != readers[2]
    room.reader.process.kill()
    room.reader.process.wait()
    assert isinstance(read(HEAD), Incoming)
    room.close()


def test_a_reader_that_dies_over_a_mail_is_replaced(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_room, "_room", reading_room.Room())
    with monkeypatch.context() as power_cut:
        power_cut.setenv("CASEY_CRASH_AT", "reader.reading")
        assert read(HEAD) == Unreadable("parse_died")
    assert isinstance(read(HEAD), Incoming)
    reading_room._room.close()


def test_when_no_reader_starts_no_mail_is_blamed(
    app: Flask, cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = reading_room.Room()
    monkeypatch.setattr(reading_room, "_room", room)
    outside.send(letter(UNA, "Help!", "Please."))
    with monkeypatch.context() as broken, app.app_context():
        broken.setattr(program, "__file__", "/nowhere/program.py")
        with pytest.raises(NoReader):
            read(HEAD)
        assert decide_mailbox(1) == 1
    assert [(row.outcome, row.attempts) for row in inbound(app)] == [(None, 0)]
    room.close()


def test_a_reader_that_never_gets_ready_is_given_up(
    context: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("import threading\nthreading.Event().wait(60)\n")
    monkeypatch.setattr(program, "__file__", str(silent))
    monkeypatch.setattr(reading_room, "SECONDS", 0.3)
    room = reading_room.Room()
    began = time.monotonic()
    with pytest.raises(NoReader):
        room.read(HEAD)
    assert time.monotonic() - began < 30
    room.close()
