"""To whom a mail was sent."""

import re
from collections.abc import Iterator
from email.utils import getaddresses

from app.mail.reading.headers.words import readable
from app.mail.reading.incoming import Named
from app.mail.reading.source import MALFORMED, Source
from app.text import storable

# What the sender wrote, and what mail systems note when they deliver.
HEADERS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]@]{1,64}@[^\s<>,;:\"()\[\]@]{1,253}")
MOST = 500
MOST_COPIED = 100
LONGEST = 50_000


def recipients_of(mail: Source) -> tuple[str, ...]:
    """Every address it was sent to or delivered at, in lower case and each once. Of very many the first ones.

    What looks like an address counts, wherever it stands: a token of ours must be found in any malformed header.
    """
    found = (address.lower() for value in _values(mail, *HEADERS) for address in ADDRESS.findall(value))
    return tuple(storable(address) for address in list(dict.fromkeys(found))[:MOST])


def copied_of(mail: Source) -> tuple[Named, ...]:
    """The people in To and Cc, by address and name."""
    found = {one.address: one for value in _values(mail, "to", "cc") for one in _people(value)}
    return tuple(found.values())[:MOST_COPIED]


def _values(mail: Source, *names: str) -> Iterator[str]:
    yield from (str(value)[:LONGEST] for name, value in mail.raw_items() if name.lower() in names)


def _people(written: str) -> Iterator[Named]:
    try:
        found = getaddresses([" ".join(written.split())])
    except MALFORMED:
        found = [("", address) for address in ADDRESS.findall(written)]
    for name, address in found:
        if ADDRESS.fullmatch(address):
            yield Named(storable(address.lower()), storable(readable(name))[:200])
