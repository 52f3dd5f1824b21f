"""Reading a mail: from raw bytes to what Casey decides on.

What a sender can write may still cost more time, memory or depth than there is: ``room`` is where it is safe.
The ``program`` imports this, so that it must not import the rest of the application.
"""

import hashlib
import re
from collections.abc import Callable
from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage, MIMEPart
from email.policy import compat32, default

from selectolax.lexbor import LexborHTMLParser

from app.mail.reading.incoming import Incoming
from app.text import storable

MESSAGE_ID = re.compile(r"<[^<>\s]{1,600}>")
COMMENT = re.compile(r"\([^()]*\)")
ANGLE = re.compile(r"<\s*([^<>]*?)\s*>$")
HEADERS_END = re.compile(rb"\r?\n\r?\n")
# Names that no mail program writes but that turn up in old mail, and what they mean.
CHARSETS = {
    "windows-874": "cp874",
    "x-gbk": "gbk",
    "x-sjis": "shift_jis",
    "cp-850": "cp850",
    "utf8mb4": "utf-8",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "default": "utf-8",
}
LONGEST_ADDRESS = 320
LOOKS_LIKE_ASCII = ("iso-2022-", "hz", "utf-7", "utf-16", "utf-32")


def parse(raw: bytes) -> Incoming:
    """Read a mail."""
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    headers = _headers(mail)
    sender, name, problem = _sender(mail)
    return Incoming(
        sender=sender,
        sender_name=storable(name)[:200],
        sender_problem=problem,
        subject=storable(_first(headers, "subject"))[:500],
        message_id=message_id_of(raw),
        in_reply_to=tuple(MESSAGE_ID.findall(_first(headers, "in-reply-to"))),
        references=tuple(MESSAGE_ID.findall(_first(headers, "references"))),
        text=storable(_text(mail)),
        content_type=mail.get_content_type(),
        headers=headers,
    )


def message_id_of(raw: bytes) -> str:
    """The Message-ID of a mail; a synthetic one, made from its hash, when it has none that can be used.

    No header is parsed for it: this happens before the mail is stored.
    """
    written = message_from_bytes(HEADERS_END.split(raw[:100_000], 1)[0], policy=compat32).get("Message-ID", "")
    found = MESSAGE_ID.search(storable(str(written)))
    return found[0] if found else f"<{hashlib.sha256(raw).hexdigest()}@missing.invalid>"


def _first(headers: dict[str, list[str]], name: str) -> str:
    return next(iter(headers.get(name, [])), "")


def _headers(mail: object) -> dict[str, list[str]]:
    """All headers as text. The standard library raises on some that are malformed; those are read as they stand."""
    found: dict[str, list[str]] = {}
    assert isinstance(mail, EmailMessage)
    for name, written in mail.raw_items():
        text = _attempt(lambda name=name, written=written: str(default.header_fetch_parse(name, written)), str(written))  # type: ignore[misc]
        found.setdefault(name.lower(), []).append(storable(" ".join(text.split())))
    return found


def _attempt(read: Callable[[], str], otherwise: str) -> str:
    try:
        return read()
    except (ValueError, IndexError, LookupError, TypeError, AttributeError):
        return otherwise


def _sender(mail: EmailMessage) -> tuple[str | None, str, str | None]:
    """Address and name of whom the mail is from, or what is wrong with its From (RFC 5322, 3.6.2)."""
    try:
        found = mail.get_all("From", [])
        addresses = [one for header in found if isinstance(header, AddressHeader) for one in header.addresses]
        groups = [group for header in found for group in header.groups if group.display_name is not None]
    except (ValueError, IndexError, LookupError, TypeError, AttributeError):
        return None, "", "its From cannot be read"
    if len(found) != 1 or len(addresses) != 1 or groups:
        return None, "", "it does not have exactly one sender"
    if not addresses[0].username or not addresses[0].domain:
        return None, "", "its From has no address"
    if len(addresses[0].addr_spec) > LONGEST_ADDRESS:
        return None, "", "its From is too long"
    if addresses[0].addr_spec.lower() != _written_sender(mail):
        return None, "", "its From can be read in two ways"
    return storable(addresses[0].addr_spec.lower()), addresses[0].display_name, None


def _written_sender(mail: EmailMessage) -> str:
    """The address as it stands at the end of From. Our mail server vouches for this one.

    The standard library reads ``ben@x.test <eve@y.test>`` as Ben's, and decodes what is encoded within an address.
    """
    written = next(" ".join(str(value).split()) for name, value in mail.raw_items() if name.lower() == "from")
    bare = COMMENT.sub("", written).strip()
    found = ANGLE.search(bare)
    return (found[1] if found else bare).lower()


def _text(mail: EmailMessage) -> str:
    """The whole text of a mail, every text part of it, plain where there is a choice. Nothing is cut off."""
    texts = [_read(part) for part in _text_parts(mail)]
    return "\n\n".join(text.strip("\r\n") for text in texts if text.strip()).replace("\r\n", "\n")


def _text_parts(part: MIMEPart) -> list[MIMEPart]:
    if part.get_content_type() == "multipart/alternative":
        found = [inner for choice in part.iter_parts() for inner in _text_parts(choice)]
        plain = [inner for inner in found if inner.get_content_type() == "text/plain" and _read(inner).strip()]
        return plain or found
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        return [inner for one in part.iter_parts() for inner in _text_parts(one)]
    if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
        return [part]
    return []


def _read(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    text = decoded(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    return html_to_text(text) if part.get_content_type() == "text/html" else text


def decoded(content: bytes, charset: str | None) -> str:
    """Bytes as text: UTF-8, else what the mail says, else the two charsets that fit nearly everything. Never raises.

    Where text in the declared charset is valid UTF-8 too, and means something else, the mail is believed first.
    """
    declared = CHARSETS.get(charset or "", charset or "utf-8")
    for name in (declared, "cp1252") if declared.startswith(LOOKS_LIKE_ASCII) else ("utf-8", declared, "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1", "replace")


def html_to_text(html: str) -> str:
    """The text of an HTML part, a line for each block."""
    tree = LexborHTMLParser(html)
    for gone in tree.css("script, style, head, title"):
        gone.decompose()
    for block in tree.css("br, p, div, tr, li, h1, h2, h3, h4, blockquote, pre"):
        block.insert_before("\n")
    text = tree.body.text(separator="") if tree.body else ""
    return re.sub(r"\n{3,}", "\n\n", text.replace("\xa0", " ")).strip()
