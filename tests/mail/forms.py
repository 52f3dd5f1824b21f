"""The form of what leaves, read from the very bytes and by no parser of mails: which headers, over which parts."""

import re
from collections.abc import Iterator
from email.policy import default

from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.mail.models import SandboxEmail

ALWAYS = [
    "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "References", "X-Casey-Loop", "MIME-Version",
    "Content-Type",
]  # fmt: skip
SOMETIMES = ["In-Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress"]
TEXT = ["Content-Type", "Content-Transfer-Encoding"]
PARTS = [["Content-Type"], TEXT, [*TEXT, "Content-Disposition"], [*TEXT, "Content-Disposition", "Content-ID"]]


def left(app: Flask) -> list[bytes]:
    """Every mail that left, oldest first, to the byte."""
    with app.app_context():
        return list(db.session.scalars(select(SandboxEmail.content).order_by(SandboxEmail.id)))


def check_form(raw: bytes) -> None:
    """Our headers and no others, each once and in one line, over every part; and nothing between the parts."""
    assert raw.count(b"\r\n") == raw.count(b"\n") == raw.count(b"\r")
    whole, *parts = heads(raw)
    assert sorted(name for name in names(whole) if name not in SOMETIMES) == sorted(ALWAYS)
    assert len(set(names(whole))) == len(names(whole))
    for head in parts:
        assert names(head) in PARTS
    for head in (whole, *parts):
        for value in values(head):
            assert len(value.splitlines()) <= 1, f"a line break in {value!r}"


def heads(raw: bytes) -> Iterator[bytes]:
    """The headers of a mail, and those of its parts."""
    head, _, body = raw.partition(b"\r\n\r\n")
    yield head
    inside = re.search(rb'Content-Type: multipart/\w+;\s*boundary="([^"]+)"', head)
    if inside:
        before, *parts, after = re.split(rb"(?:\A|\r\n)--%b(?:--)?\r\n" % re.escape(inside[1]), body)
        assert before == after == b""
        for part in parts:
            yield from heads(part)


def lines(head: bytes) -> list[str]:
    """Each header in one line."""
    return re.split(r"\r\n|\r|\n", re.sub(r"\r\n(?=[ \t])", "", head.decode("ascii")))


def names(head: bytes) -> list[str]:
    """What the headers are called."""
    return [line.partition(":")[0] for line in lines(head)]


def values(head: bytes) -> list[str]:
    """What mail programs show of the headers."""
    told = (line.partition(": ") for line in lines(head))
    return [str(default.header_fetch_parse(name, value)) for name, _, value in told]
