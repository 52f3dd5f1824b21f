"""Mails made to hurt whoever reads them. They are made when they are asked for, since some are large."""

import struct
from collections.abc import Callable

from tests.cast import UNA
from tests.scale import up_to

HEAD = f"From: {UNA}\r\nMessage-ID: <1@x.test>\r\n".encode()
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
PLAIN = b"--b\r\n\r\nHi\r\n"
MEGA = up_to(100_000, 1_000_000)


def nested(depth: int, body: bytes = b"Hi") -> bytes:
    """Parts in parts."""
    parts = [b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)]
    return HEAD + b"".join(parts) + b"\r\n" + body


def encoded(encoding: str, body: bytes, kind: str = "text/plain") -> bytes:
    """A mail with a body in some transfer encoding."""
    return HEAD + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def attached(kind: str, content: bytes) -> bytes:
    """A mail with a file."""
    return MIXED + PLAIN + f"--b\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n--b--\r\n"


def tnef(*objects: tuple[int, int, int, bytes]) -> bytes:
    """A winmail.dat of objects: level, name, type, content."""
    found = struct.pack("<IH", 0x223E9F78, 1)
    for level, name, kind, content in objects:
        found += struct.pack("<BHHI", level, name, kind, len(content)) + content
        found += struct.pack("<H", sum(content) & 0xFFFF)
    return found


def endless_tnef() -> bytes:
    """It claims four billion properties, each without any content."""
    properties = struct.pack("<IHHI", 1, 0x1002, 0x3001, 0xFFFFFFFF)
    return tnef((1, 0x9003, 6, properties))


def boxes_in_boxes(depth: int) -> bytes:
    """A winmail.dat in a winmail.dat."""
    inner = tnef((1, 0x800C, 2, b"x" * 1000))
    for _ in range(depth):
        signed = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46" + inner
        signed += b"\0" * (-len(signed) % 4)
        properties = struct.pack("<IHHII", 1, 0x000D, 0x3701, 1, len(signed)) + signed
        inner = tnef((2, 0x9002, 6, b"\0" * 14), (2, 0x9005, 6, properties))
    return inner


# What could hurt, and does not: it is read.
READ: dict[str, Callable[[], bytes]] = {
    "quotes in From": lambda: b"From: " + b'"' * 50_000 + b" <una@customer.test>\r\n\r\nHi",
    "some quotes in From": lambda: b"From: " + b'"' * 3_900 + b" <una@customer.test>\r\n\r\nHi",
    "parentheses in From": lambda: b"From: " + b"(" * 10_000 + b"\r\n\r\nHi",
    "some parentheses in From": lambda: b"From: " + b"(" * 3_900 + b"\r\n\r\nHi",
    "encoded words in Subject": lambda: HEAD + b"Subject: " + b"=?utf-8?q?x?= " * 20_000 + b"\r\n\r\nHi",
    "words without an end in Subject": lambda: HEAD + b"Subject: " + b"=?utf-8?q?" * 28_000 + b"\r\n\r\nHi",
    "parameters": lambda: HEAD + b"Content-Type: text/plain" + b";a" * 30_000 + b"\r\n\r\nHi",
    "quoted parameters": lambda: HEAD + b'Content-Type: text/plain; a="' + b';"' * 30_000 + b"\r\n\r\nHi",
    "a name in pieces": lambda: attached(
        "application/pdf; " + "; ".join(f"name*{n}*=%41" for n in range(20_000)), b"x"
    ),
    "a very long header": lambda: HEAD + b"X-Long: " + b"x" * 20 * MEGA + b"\r\n\r\nHi",
    "a header of many lines": lambda: HEAD + b"X-Long: " + b"x\r\n " * MEGA + b"\r\n\r\nHi",
    "100,000 people in Cc": lambda: (
        HEAD + b"Cc: " + b", ".join(b"P %d <p%d@x.test>" % (n, n) for n in range(100_000)) + b"\r\n\r\nHi"
    ),
    "parentheses in Cc": lambda: HEAD + b"Cc: " + b"(" * 100_000 + b"\r\n\r\nHi",
    "parentheses in To": lambda: HEAD + b"To: " + b'"<(' * 100_000 + b"\r\n\r\nHi",
    "10,000 parts": lambda: MIXED + b"--b\r\n\r\nHi\r\n" * 10_000,
    "10,000 files": lambda: MIXED + b"--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n" * 10_000,
    "10,000 pages": lambda: MIXED + b"--b\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n" * 10_000,
    "deep elements": lambda: encoded("8bit", b"<div>" * 200_000 + b"Hi", "text/html"),
    "quotes in quotes": lambda: encoded("8bit", b"<blockquote>" * (MEGA * 17 // 10) + b"Hi", "text/html"),
    "hidden depth": lambda: encoded("8bit", b"<div><!--</div>-->" * 50_000 + b"Hi", "text/html"),
    "depth hidden in attributes": lambda: encoded("8bit", b"<div a='</div>'>" * 20_000 + b"Hi", "text/html"),
    "comments without an end": lambda: encoded("8bit", b"Hi <!--" * 2 * MEGA, "text/html"),
    "tags without an end": lambda: encoded("8bit", b"Hi <a " * 2 * MEGA, "text/html"),
    "entities": lambda: encoded("8bit", b"Hi &amp;&#64;" * MEGA, "text/html"),
    "unclosed words": lambda: encoded(
        "8bit", b"".join(b"<p><b x=%d>Hi</p>" % n for n in range(40_000)), "text/html"
    ),
    "closed words": lambda: encoded("8bit", b"Hi<b><p></b>" * (MEGA // 13), "text/html"),
    "attributes": lambda: encoded(
        "8bit", b"<p " + b" ".join(b"a%d=1" % n for n in range(99_000)) + b">Hi", "text/html"
    ),
    "classes": lambda: encoded("8bit", b"<p class='" + b"a " * 400_000 + b"'>Hi", "text/html"),
    "tables": lambda: encoded("8bit", b"<table><tr><td>Hi" * (MEGA // 20), "text/html"),
    "lists": lambda: encoded("8bit", b"<ol start=99999999999999999999><li>Hi" * 25_000, "text/html"),
    "words in a page": lambda: encoded("8bit", b"<p>Hi <b>you</b> <img alt=x src=y></p>" * (MEGA // 40), "text/html"),
    "base64 without an end": lambda: encoded("base64", b"SGkg" * 4 * MEGA + b"S"),
    "base64 of nothing": lambda: encoded("base64", b"=\r\n" * 5 * MEGA + b"SGk="),
    "soft line ends": lambda: encoded("quoted-printable", b"=\r\n" * 5 * MEGA + b"Hi"),
    "signs in quoted-printable": lambda: encoded("quoted-printable", b"=C3=BC=" * 2 * MEGA + b"Hi"),
    "one long line": lambda: HEAD + b"\r\nHi " + b"x" * 20 * MEGA,
    "one long quote": lambda: HEAD + b"\r\nHi\r\n" + b"> " * 5 * MEGA,
    "200,000 quoted lines": lambda: HEAD + b"\r\nHi\r\n" + b"> x\r\n" * 200_000,
    "who wrote": lambda: HEAD + b"\r\nHi\r\n" + b"On Monday una wrote\r\n" * 100_000,
    "odd header names": lambda: b"\x00\xff\xfe: x\r\n=?utf-8?q?x?=: y\r\n\xc3\xbc: z\r\n: v\r\n" + HEAD + b"\r\nHi",
    "odd line ends": lambda: HEAD + b"\r\nHi" + b"\r\r\n\n\r\x0b\x0c\x1c\x85" * MEGA,
    "punycode": lambda: encoded("8bit", b"Hi-" + b"a9" * 500_000, "text/plain; charset=punycode"),
    "winmail.dat without an end": lambda: attached("application/ms-tnef", endless_tnef()),
    "winmail.dat in winmail.dat": lambda: attached("application/ms-tnef", boxes_in_boxes(500)),
    "winmail.dat of nothing": lambda: attached(
        "application/ms-tnef", tnef(*[(1, 0x8005, 3, b"")] * 3) + b"\0" * 20 * MEGA
    ),
    "mails in mails": lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 10_000 + b"Hi",
    "reports in reports": lambda: (
        HEAD + b"Content-Type: multipart/report; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + b"Status: 5.0.0\r\n\r\n" * 200_000
    ),
}  # fmt: skip

# What cannot be read within bounds, and how that ends.
QUARANTINED: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "1,000 parts in each other": (lambda: nested(1000), {"parse_failed: RecursionError"}),
    "lines in parts in each other": (lambda: nested(150, b"--x\r\n" * 4_000_000), {"parse_timeout"}),
    # Which bound it comes to first depends on the machine.
    "folds": (lambda: HEAD + b"X-Long: " + b"x\r\n " * 7_000_000 + b"\r\nHi", {"parse_memory", "parse_timeout"}),
}
