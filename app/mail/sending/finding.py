"""Finding addresses in a text: each @, and what the signs around it may mean.

Whole addresses only: ``ben@x.test`` is not in ``ruben@x.test``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.mail.sending.appearance import Appearance
from app.people.addresses import key_of

# Bounded as addresses are (RFC 5321, 4.5.3.1), with room for an end of line within.
LONGEST_LOCAL = 70
LOCAL = re.compile(r"[A-Za-z0-9_.!#$&'*+/=?^`{|}~\n-]{1,70}\Z")
DOMAIN = re.compile(r"(?:[^\W_]|[-.](?=[^\W_]|[-\n])|\n(?=[^\W_]|[-.])){1,260}+")
# Behind what an address can begin within a longer find: ``to=ben@x.test``, ``_ben@x.test_``, ``...ben@x.test``.
BEGINNING = re.compile(r"(?:^|[!#$&'*/=?^`{|}~\n]|\.\.)(?P<marks>[-_.+]*)")
FOREIGN_SIGN = re.compile(r"[^!-~\n]")


@dataclass(frozen=True)
class Reading:
    """An address that a find may mean, and where it stands in what is seen."""

    key: str
    start: int
    end: int


def finds(seen: Appearance, *, file_name: bool = False) -> Iterator[list[Reading]]:
    """For each @ what it may mean, longest first. In the name of a file an ending may follow the address."""
    text, behind = seen.text, 0
    at = text.find("@")
    while at >= 0:
        yield _readings(text, behind, at, file_name)
        at, behind = text.find("@", at + 1), at + 1


def _readings(text: str, behind: int, at: int, file_name: bool) -> list[Reading]:
    quoted = at > behind and text[at - 1] == '"'  # "ben"@x.test
    local = LOCAL.search(text, max(behind, at - LONGEST_LOCAL - quoted), at - quoted)
    domain = DOMAIN.match(text, at + 1)
    if local is None or domain is None:
        return []
    ends = [at + 1 + len(domain[0][:end].rstrip("-.\n")) for end in _ends(domain[0], file_name)]
    spans = [(local.start() + start, end) for start in _starts(local[0]) for end in ends]
    return [Reading(_key(text[start:end]), start, end) for start, end in dict.fromkeys(spans) if end > at + 1]


def _starts(local: str) -> list[int]:
    starts = {start for sign in BEGINNING.finditer(local) for start in (sign.start("marks"), sign.end())}
    return sorted(start for start in starts if local[start:] and local[start] != "\n")


def _ends(domain: str, file_name: bool) -> list[int]:
    """It can end before the end of a line; in some scripts, before the next word; in a name, before its ending."""
    foreign = FOREIGN_SIGN.search(domain)
    ends = {len(domain), foreign.start() if foreign else len(domain)}
    ends |= {spot for spot, sign in enumerate(domain) if sign == "\n" or (file_name and sign == ".")}
    return sorted(ends, reverse=True)


def _key(found: str) -> str:
    return key_of(found.replace("\n", "").replace('"@', "@"))
