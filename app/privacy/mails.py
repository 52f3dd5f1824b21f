"""The bytes of mails: what occurs in them however it is encoded, and what is kept of one in which it does."""

from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value

from app.privacy.words import Words, occur, stand, strike

KEPT = ("Date", "Message-ID", "In-Reply-To", "References", "From", "To", "Cc", "Subject")
GONE = "The content of this mail was removed."


def struck_mail(content: bytes, words: Sequence[Words]) -> bytes:
    """The mail itself where none of the words occurs; else what is left of it: a few headers, without them.

    A part is decoded before it is searched, since a text in base64 does not show in the bytes. What cannot be read to
    the ground is searched as far as it can be.
    """
    try:
        found = any(stand(text, words) for text in _rough(content)) or any(
            occur(text, words) for text in _texts(content)
        )
    except RecursionError:
        found = occur(content.decode("utf-8", "replace"), words)
    return remains(content, words) if found else content


def _rough(content: bytes) -> Iterator[str]:
    """The bytes, and those of attached files, which may be texts but need not."""
    yield content.decode("utf-8", "replace")
    for part in message_from_bytes(content, policy=compat32).walk():
        if part.get_content_maintype() != "text":
            yield from _decoded(part)


def _texts(content: bytes) -> Iterator[str]:
    for part in message_from_bytes(content, policy=compat32).walk():
        yield from (f"{name}: {_header(value)}" for name, value in part.items())
        yield from _parameters(part)
        if part.get_content_maintype() == "text":
            yield from _decoded(part)


def _parameters(part: Message) -> Iterator[str]:
    """The names of files, which have an encoding of their own (RFC 2231)."""
    for header in ("content-disposition", "content-type"):
        try:
            yield from (collapse_rfc2231_value(value) for _, value in part.get_params([], header))
        except (LookupError, ValueError):
            continue


def _decoded(part: Message) -> Iterator[str]:
    body = part.get_payload(decode=True)
    if isinstance(body, bytes):
        yield body.decode("utf-8", "replace")
        yield _in_charset(body, part.get_content_charset() or "utf-16-le")


def _in_charset(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except (LookupError, ValueError):
        return body.decode("latin-1")


def _header(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, ValueError):
        return str(value)


def remains(content: bytes, words: Sequence[Words] = ()) -> bytes:
    """A few headers in plain UTF-8, without the words, and a sentence."""
    mail = BytesHeaderParser(policy=compat32).parsebytes(content)
    lines = [f"{name}: {' '.join(strike(_header(mail[name]), words).split())}" for name in KEPT if mail[name]]
    kind = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
    return "\r\n".join([*lines, "MIME-Version: 1.0", kind, "", GONE, ""]).encode("utf-8", "replace")
