"""The parts of a mail that a mail system made: their fields, the headers they give back, and what they say in words.

No header is parsed by the standard library here, since those of other systems are often malformed.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message

from app.text import unescape

Fields = dict[str, str]

MOST_PARTS = 100
LONGEST_TEXT = 200_000
FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,80})[ \t]{0,9}:[ \t]*(.*)")
TYPE = re.compile(r"[\s\"]*([\w.+-]{1,80}/[\w.+-]{1,80})")
CHARSET = re.compile(r"charset\s{0,9}=[\s\"]{0,9}([\w.:-]{1,40})", re.I)


def header(part: Message, name: str) -> str:
    """The first header of this name as it was written, on one line."""
    found = (str(value) for written, value in part.raw_items() if written.lower() == name)
    return " ".join(next(found, "")[:4000].split())


def type_of(part: Message) -> str:
    """The content type, such as ``message/delivery-status``."""
    found = TYPE.match(header(part, "content-type"))
    return found[1].lower() if found else "text/plain"


def parts(mail: Message) -> Iterator[Message]:
    """A mail and its parts, from the first to the last, but nothing of mails that are enclosed in it."""
    waiting = [mail]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        payload = part.get_payload()
        if type_of(part).startswith("multipart/") and isinstance(payload, list):
            waiting += [one for one in reversed(payload) if isinstance(one, Message)]


def blocks(part: Message) -> list[Fields]:
    """The fields of a part made of fields, block by block; names in lower case, folded lines joined."""
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = [one for one in payload if isinstance(one, Message)]
        found = [_fields_of(one) for one in inner]
        if any(found):
            return [one for one in found if one]
        return fields(_decoded(part, "\n\n".join(str(one.get_payload()) for one in inner)))
    return fields(_decoded(part, str(payload)))


def _fields_of(part: Message) -> Fields:
    found: Fields = {}
    for name, value in part.raw_items():
        found.setdefault(name.lower(), " ".join(str(value)[:4000].split()))
    return found


def fields(text: str) -> list[Fields]:
    """The fields in a text, block by block; what is no field ends a block."""
    found: list[Fields] = [{}]
    name = ""
    for line in text[:LONGEST_TEXT].splitlines():
        field = FIELD.match(line)
        if field:
            name = field[1].lower()
            found[-1].setdefault(name, field[2].strip())
        elif line[:1] in {" ", "\t"} and line.strip() and name:
            found[-1][name] += " " + line.strip()
        elif found[-1]:
            found.append({})
            name = ""
    return [one for one in found if one]


def _decoded(part: Message, text: str) -> str:
    """What is encoded although it must not be."""
    content = text.encode("utf-8", "surrogateescape")
    encoding = header(part, "content-transfer-encoding").lower()
    try:
        if encoding == "base64":
            content = base64.b64decode(content, validate=False)
        elif encoding == "quoted-printable":
            content = quopri.decodestring(content)
    except (binascii.Error, ValueError):
        return text
    charset = CHARSET.search(header(part, "content-type"))
    for name in ("utf-8", charset[1] if charset else "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def said(mail: Message) -> str:
    """What a mail says in words: its plain texts, else those of its HTML, without what is enclosed."""
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in parts(mail):
        payload = part.get_payload()
        if type_of(part) in texts and isinstance(payload, str):
            texts[type_of(part)].append(_decoded(part, payload)[:LONGEST_TEXT])
    plain = "\n".join(texts["text/plain"])
    return plain if plain.strip() else _without_tags("\n".join(texts["text/html"]))


def _without_tags(html: str) -> str:
    lines = re.sub(r"<(?:br|/p|/div|/tr|/h\d|/li)\b[^<>]{0,500}>", "\n", html, flags=re.I)
    unstyled = re.sub(r"<style\b[^<]{0,50000}</style>", "", lines, flags=re.I)
    return unescape(re.sub(r"<[^<>]{0,2000}>", "", unstyled))
