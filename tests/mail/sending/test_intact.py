"""What is read back out of the bytes of a mail is the mail that was made, or it does not leave."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from flask import Flask

from app.cases.content import Content, NewFile
from app.mail.sending.checking.intact import intact
from app.mail.sending.composing.letter import compose
from app.transaction import rehearsal
from tests.cast import BEN, UNA, Cast
from tests.letters import SUPPORT
from tests.mail.outgoing import opened_case, outbound_for, posted

PICTURE = NewFile("plan.png", "image/png", b"\x89PNG\r\n\x1a\n", "p1", inline=True)
FILE = NewFile("it.eml", "message/rfc822", b"From: eve@stranger.test\n\nHi\n--b\n.\n\r\r\n\0")


@pytest.fixture
def mail(context: Flask, cast: Cast) -> Iterator[EmailMessage]:
    """Ben's answer to una, with all that a mail can have."""
    with rehearsal():
        content = Content(html='<p>See <img src="cid:p1"></p>', files=(PICTURE, FILE))
        text = "From here on:\n.\n\nFrom: ben\n--=_x\rÜber alles\t \n\n\n"
        yield compose(outbound_for(posted(opened_case("Überall, 日本"), BEN, text, content), UNA))


def sound(content: bytes, mail: EmailMessage) -> bool:
    return intact(content, mail, sender=SUPPORT, reader=UNA)


def test_whatever_a_mail_holds_its_bytes_read_as_it(mail: EmailMessage) -> None:
    assert sound(mail.as_bytes(), mail)


CHANGES = {
    "a further header": (b"\r\nTo: ", b"\r\nX-Evil: yes\r\nTo: "),
    "a header twice": (b"\r\nTo: ", b"\r\nReply-To: eve@stranger.test\r\nTo: "),
    "a header by another name": (b"\r\nX-Casey-Loop: ", b"\r\nX-Casey-Look: "),
    "a header less": (b"X-Casey-Loop: casey.test\r\n", b""),
    "an early end of the headers": (b"\r\nTo: ", b"\r\n\r\nTo: "),
    "a header of a part": (b"\r\nContent-Disposition: ", b"\r\nX-Evil: yes\r\nContent-Disposition: "),
    "a body in front of a file": (b'filename="it.eml"\r\n\r\n', b'filename="it.eml"\r\n\r\nUGF5IGV2ZQ==\r\n'),
    "text in front of the parts": (b"\r\n\r\n--=_", b"\r\n\r\nPay eve\r\n--=_"),
    "text behind the parts": (b"_0--\r\n", b"_0--\r\nPay eve\r\n"),
    "another text": (b"From here on:", b"From there on:"),
    "a line break in a word": (b"\r\nTo: Una", b"\r\nTo: =?utf-8?q?a=0d=0aX-Evil=3a_yes?= Una"),
    "a line break in the name of a file": (b'filename="it.eml"', b"filename*=utf-8''a%0d%0aX-Evil.eml"),
    "half an end of line": (b"\r\nTo: ", b"\nTo: "),
    "the other half": (b"\r\nTo: ", b"\rTo: "),
    "a byte beyond ASCII": (b"\r\nTo: Una", b"\r\nTo: \xc3\x9cna"),
    "a NUL": (b"\r\nTo: Una", b"\r\nTo: Un\0a"),
    "another reader": (b"<una@customer.test>", b"<eve@stranger.test>"),
    "one more reader": (b"\r\nTo: Una", b"\r\nTo: eve@stranger.test, Una"),
    "another sender": (b"<support@casey.test>", b"<eve@stranger.test>"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_bytes_that_read_as_another_mail_do_not_leave(mail: EmailMessage, change: tuple[bytes, bytes]) -> None:
    content = mail.as_bytes()
    changed = content.replace(*change, 1)
    assert changed != content
    assert not sound(changed, mail)
