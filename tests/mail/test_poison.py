"""Mails made to hurt whoever reads them: each is put into quarantine, or read, and the next one is not held up."""

import time

import pytest
from flask import Flask

from app.mail.deciding.batches import decide_mailbox
from app.mail.reading import program
from app.mail.reading import room as reading_room
from app.mail.reading.incoming import Incoming
from app.mail.reading.room import NoReader, Unreadable, read
from tests.cast import UNA, Cast
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

HEAD = f"From: {UNA}\r\nMessage-ID: <1@x.test>\r\n".encode()
A_LITTLE = 4.0


def nested(depth: int) -> bytes:
    parts = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)]
    return HEAD + b"".join(parts) + b"\r\nHi"


POISONS = {
    "quotes": (b"From: " + b'"' * 50_000 + b" <una@customer.test>\r\n\r\nHi", "parse_timeout"),
    "encoded words": (HEAD + b"Subject: " + b"=?utf-8?q?x?= " * 20_000 + b"\r\n\r\nHi", "parse_memory"),
    "nested parts": (nested(1000), "parse_failed: RecursionError"),
    "parameters": (HEAD + b"Content-Type: " + b";a" * 30_000 + b"\r\n\r\nHi", "parse_timeout"),
    "parentheses": (b"From: " + b"(" * 10_000 + b"\r\n\r\nHi", "parse_failed: RecursionError"),
    "nested html": (HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000, "parse_timeout"),
}


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_mail_is_quarantined_and_the_next_one_is_decided_in_the_same_batch(
    app: Flask, cast: Cast, outside: Outside, poison: str
) -> None:
    raw, reason = POISONS[poison]
    outside.send(raw)
    outside.send(letter(UNA, "Innocent", "Hi"))
    began = time.monotonic()
    with app.app_context():
        assert decide_mailbox(1) == 2
    assert time.monotonic() - began < reading_room.SECONDS + A_LITTLE
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("quarantined", reason), ("opened", None)]
    assert [one.subject for one in cases(app)] == ["Innocent"]


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
    assert found.text == "Hi"


def test_what_was_read_is_what_was_written(context: Flask) -> None:
    head = (
        "From: =?utf-8?q?=C3=9Cna?= <Una@Customer.test>\r\nSubject: \udcff\r\nReferences: <a@x.test> <b@x.test>\r\n\r\n"
    )
    found = read((head + "Schöne \0 Grüße").encode("utf-8", "surrogateescape"))
    assert isinstance(found, Incoming)
    assert (found.sender, found.sender_name, found.subject) == (UNA, "Üna", "\ufffd")
    assert (found.text, found.references) == ("Schöne \ufffd Grüße", ("<a@x.test>", "<b@x.test>"))


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
