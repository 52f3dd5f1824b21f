"""winmail.dat, the box in which Outlook sends files to itself: kept, and unpacked where that goes well."""

import struct

import pytest

from app.mail.reading.incoming import Part
from app.mail.reading.parsing import parse
from tests.mail.poisons import tnef

HEAD = b"From: una@customer.test\r\nMessage-ID: <1@x.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff"


def files_beside(part: bytes) -> tuple[Part, ...]:
    return parse(HEAD + b"--b\r\n\r\nHi\r\n--b\r\n" + part + b"\r\n--b--\r\n").files


def winmail(*files: tuple[bytes, bytes]) -> bytes:
    """A winmail.dat with files, by name and content."""
    objects = [(1, 0x9006, 8, struct.pack("<I", 0x10000)), (1, 0x9007, 6, struct.pack("<II", 1252, 0))]
    for name, content in files:
        objects += [(2, 0x9002, 6, b"\0" * 14), (2, 0x8010, 1, name + b"\0"), (2, 0x800F, 6, content)]
    return tnef(*objects)


def test_a_winmail_dat_is_kept_and_unpacked() -> None:
    content = winmail((b"plan.pdf", b"%PDF"), (b"Gr\xfc\xdfe.txt", PICTURE), (b"..\\winmail.dat", b"x"))
    files = files_beside(
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n" + content
    )
    assert [(one.name, one.content_type, one.content) for one in files] == [
        ("winmail.dat", "application/ms-tnef", content),
        ("plan.pdf", "application/pdf", b"%PDF"),
        ("Grüße.txt", "text/plain", PICTURE),
        ("winmail (2).dat", "application/octet-stream", b"x"),
    ]


@pytest.mark.parametrize("cut", [0, 4, 10, 40, 70, 100])
def test_a_winmail_dat_that_is_broken_is_kept_alone(cut: int) -> None:
    content = winmail((b"plan.pdf", b"%PDF" * 10))[:cut] + b"\xff" * 20
    files = files_beside(
        b"Content-Type: application/octet-stream; name=WINMAIL.DAT\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + content
    )
    assert files[0].content == content
    assert len(files) <= 2
