"""The headers of a mail as text."""

import re

from app.mail.reading.headers.words import readable
from app.mail.reading.source import Source, parameter
from app.text import storable

MESSAGE_ID = re.compile(r"<[^<>\s]{1,600}>")
HEADERS_END = re.compile(rb"\r?\n\r?\n")
MOST_IDS = 200
MOST_HEADERS = 1_000
LONGEST = 20_000
LONGEST_ALTOGETHER = 500_000
# What mail systems write for each other is read literally: a decoded word could pretend to be one of their signs.
TRACES = {"authentication-results", "received", "received-spf", "return-path", "dkim-signature"}

Headers = dict[str, list[str]]


def headers_of(mail: Source) -> Headers:
    """All headers by their name in lower case. Of headers beyond all measure the raw mail alone tells the rest."""
    found: Headers = {}
    charset, left = _charset(mail), LONGEST_ALTOGETHER
    for name, value in list(mail.raw_items())[:MOST_HEADERS]:
        written = str(value)[: min(LONGEST, left)]
        text = " ".join(written.split()) if name.lower() in TRACES else readable(written, charset)
        found.setdefault(storable(name.lower()), []).append(storable(text))
        left -= len(written)
    return found


def first(headers: Headers, name: str) -> str:
    """The first header of this name, or nothing."""
    return next(iter(headers.get(name, [])), "")


def ids_in(mail: Source, name: str) -> tuple[str, ...]:
    """The Message-IDs in a header of this name, the last ones of very many."""
    written = next((str(value) for found, value in mail.raw_items() if found.lower() == name), "")
    return tuple(storable(id) for id in MESSAGE_ID.findall(readable(written[-LONGEST:]))[-MOST_IDS:])


def _charset(mail: Source) -> str:
    """The charset of the first text. Who writes headers without encoding them, writes them in that one."""
    texts = (part for part in mail.walk() if isinstance(part, Source) and part.get_content_maintype() == "text")
    part = next(texts, None)
    return parameter(part, "charset") if part else ""
