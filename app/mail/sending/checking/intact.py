"""The last look at the form of a mail: do the bytes that would leave read as the mail that was made?

Setting a header in Python 3.11 decodes whatever in it looks like an encoded word (RFC 2047), line breaks included, and
writes them out as they are: a name could bring headers of its own, or a body. So no foreign text in a header may begin
such a word. And should one get in some other way, what is read back is not what was made.
"""

from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses
from itertools import zip_longest

WORD = "=?"


def wordless(text: str) -> str:
    """A text for a header, in which nothing begins an encoded word."""
    return text.replace(WORD, "= ?")


def sound_bytes(mail: EmailMessage, *, sender: str, reader: str) -> bytes | None:
    """The bytes of a mail to one reader; None when they would not read as this mail."""
    with suppress(MessageError):  # younger versions of Python refuse to write some of what must not leave
        content = mail.as_bytes()
        return content if intact(content, mail, sender=sender, reader=reader) else None
    return None


def intact(content: bytes, mail: EmailMessage, *, sender: str, reader: str) -> bool:
    """Whether the bytes read as this mail: the same headers over the same parts, each in one piece, from us to him."""
    read = message_from_bytes(content)
    return (
        _in_whole_lines(content)
        and all(found == made for found, made in zip_longest(_parts(read), _parts(mail)))
        and all(len(value.splitlines()) <= 1 for value in _values(read))
        and [address for _, address in getaddresses([read["From"], read["To"]])] == [sender, reader]
    )


def _in_whole_lines(content: bytes) -> bool:
    """Some servers end a line also at one of the two signs that end it."""
    ends = content.count(b"\r\n")
    return content.isascii() and b"\0" not in content and content.count(b"\r") == content.count(b"\n") == ends


def _parts(mail: Message) -> Iterator[tuple[list[str], str]]:
    """The names of the headers of each part, and what stands below them."""
    for part in mail.walk():
        within = part.get_payload()
        around = [part.preamble or "", part.epilogue or ""]
        text = f"{len(within)} parts {around}" if part.is_multipart() else str(within).replace("\r\n", "\n")
        yield part.keys(), text


def _values(mail: Message) -> Iterator[str]:
    """What programs make of the words in headers, and of the names of files."""
    for part in mail.walk():
        yield from (_decoded(str(value)) for value in part.values() if WORD in value)
        yield part.get_filename() or ""


def _decoded(value: str) -> str:
    """Words are read anywhere, as in a subject, even where they are not allowed to stand."""
    return str(default.header_fetch_parse("Subject", value))
