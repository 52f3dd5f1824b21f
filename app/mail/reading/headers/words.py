"""Headers as text: encoded words (RFC 2047), also broken ones, and bytes that stand there without any encoding."""

import binascii
import re
from collections.abc import Iterator

from app.mail.reading.charsets import decoded

WORD = re.compile(r"=\?([^?\s]{1,80})\?([bq])\?((?:[^?]|\?(?!=)){0,1000})\?=", re.IGNORECASE)
NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


def readable(written: str, charset: str | None = None) -> str:
    """A header's text, on one line. ``charset`` is what its bytes beyond ASCII are most likely in."""
    return " ".join("".join(_pieces(written, charset)).split())


def _pieces(written: str, charset: str | None) -> Iterator[str]:
    """What stands between encoded words, and the words; those of one charset are joined before they are decoded."""
    end, waiting, waiting_in = 0, b"", ""
    for found in WORD.finditer(written):
        between = written[end : found.start()]
        content = _content(found[2], found[3])
        name = found[1].partition("*")[0]
        joined = not between.strip() and (end or not between)
        if waiting_in and not (joined and name.lower() == waiting_in):
            yield decoded(waiting, waiting_in)
            waiting = b""
        if not (joined and waiting_in):
            yield _plain(between, charset)
        waiting, waiting_in, end = waiting + content, name.lower(), found.end()
    yield decoded(waiting, waiting_in)
    yield _plain(written[end:], charset)


def _content(encoding: str, text: str) -> bytes:
    content = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(content, header=True)
    digits = NO_BASE64.sub("", text)
    digits = digits[:-1] if len(digits) % 4 == 1 else digits
    return binascii.a2b_base64(digits + "=" * (-len(digits) % 4))


def _plain(text: str, charset: str | None) -> str:
    return decoded(text.encode("utf-8", "surrogateescape"), charset)
