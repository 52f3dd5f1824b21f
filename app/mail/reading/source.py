"""A mail taken apart, as it stands: its parts, their bytes, and what their headers say literally."""

import binascii
import string
from collections.abc import Iterator
from contextlib import suppress
from email.feedparser import BytesFeedParser
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import Any

from app.mail.reading.charsets import decoded
from app.mail.reading.headers.words import readable

# What the standard library raises over headers that are malformed.
MALFORMED = (ValueError, IndexError, LookupError, TypeError, AttributeError, RecursionError)
LONGEST_HEADER = 8_000
CHUNK = 65_536
BASE64 = (string.ascii_letters + string.digits + "+/").encode()


class Literal(EmailPolicy):
    """Headers as they are written, on one line. Those that nobody needs in such length are cut."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return "".join(value.splitlines())[:LONGEST_HEADER]


class Interpreted(EmailPolicy):
    """Headers as objects of the standard library, even where they are malformed; and never so long as to take ages."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        with suppress(*MALFORMED):
            return super().header_fetch_parse(name, value[:LONGEST_HEADER])
        return readable(value[:LONGEST_HEADER])


LITERAL = Literal()
INTERPRETED = Interpreted()


class Source(EmailMessage):
    """A mail, or a part of one. Mails that it carries are not taken apart: they are files, byte by byte."""

    taken_apart = False

    def get_content_type(self) -> str:
        """As declared. Whoever is still taking it apart is not told of mails, since he would go on with them."""
        found = super().get_content_type()
        return found if self.taken_apart else found.replace("message/", "whole-message/")

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """As declared. Where parameters are too malformed to be told apart, it is not; the content asks for one too."""
        with suppress(*MALFORMED):
            return super().get_param(param, failobj, header, unquote)
        return failobj


def take_apart(raw: bytes) -> Source:
    """A mail and its parts. Raises RecursionError when they are nested too deeply."""
    parser = BytesFeedParser(Source, policy=LITERAL)
    for start in range(0, len(raw), CHUNK):
        parser.feed(raw[start : start + CHUNK])
    mail = parser.close()
    assert isinstance(mail, Source)
    for part in mail.walk():
        assert isinstance(part, Source)
        part.taken_apart = True
    return mail


def inner_parts(part: Source) -> Iterator[Source]:
    """What stands directly in this part."""
    found = part.get_payload()
    yield from (one for one in found if isinstance(one, Source)) if isinstance(found, list) else ()


def content_of(part: Source) -> bytes:
    """The bytes of a part, exactly as they were before they were encoded for the way."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64" and not part.is_multipart():
        return _from_base64(str(part.get_payload()).encode("utf-8", "surrogateescape"))
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _from_base64(written: bytes) -> bytes:
    """What it says in base64, even where that is cut off; as it stands, where it is none."""
    signs = written.translate(None, b" \t\r\n")
    if len(signs.translate(None, BASE64 + b"=")) * 20 > len(signs):
        return written
    with suppress(binascii.Error):
        return binascii.a2b_base64(signs)
    digits = signs.translate(None, bytes(set(range(256)) - set(BASE64)))
    whole = digits[:-1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def parameter(part: Source, name: str, header: str = "Content-Type") -> str:
    """A parameter of a header, in any of the ways in which names in other languages are written (RFC 2231, 2047)."""
    found = part.get_param(name, "", header)
    if isinstance(found, tuple):
        return decoded(found[2].encode("latin-1", "surrogateescape"), found[0])
    return readable(found or "")


def text_of(part: Source, charset: str = "") -> str:
    """The text of a part, its lines ended by LF; in the charset it declares, else in this one."""
    text = decoded(content_of(part), parameter(part, "charset") or charset)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def interpreted(mail: Source) -> Source:
    """The same mail for whoever looks into the mails within it: they are taken apart now, though not endlessly."""
    for part in list(mail.walk()):
        assert isinstance(part, Source)
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            part.set_payload(_blocks(content_of(part)))
        elif part.get_content_maintype() == "message":
            part.set_payload([_interpreted_alone(take_apart(content_of(part)[:200_000]))])
        part.policy = INTERPRETED
    return mail


def _blocks(content: bytes) -> "list[Message[str, str] | str]":
    """A delivery status, each of its blocks of fields as a mail without a body (RFC 3464, 2.1)."""
    blocks = content.replace(b"\r\n", b"\n").strip().split(b"\n\n")[:100]
    return [_interpreted_alone(take_apart(block + b"\n\n")) for block in blocks]


def _interpreted_alone(mail: Source) -> Source:
    for part in mail.walk():
        assert isinstance(part, Source)
        part.policy = INTERPRETED
    return mail
