"""What is looked for in texts: patterns, and signs by which those texts are told at once in which it cannot be.

Patterns as these are slow; an endless mail without the signs is passed by hundreds of times faster.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import quote, quote_plus

GAP = r"(?:[\s>|]|&nbsp;|%20)+"  # also where a line was broken, or quoted, or a cell of a table ends
AT = r"(?:@|%40|=40|&#64;|&#x40;)"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # signs of no width, between which nobody sees a gap
# What makes of an address the name of a file; any other label behind it makes it a longer address.
FILE = r"(?:csv|docx?|eml|html?|ics|jpe?g|json|mbox|msg|pdf|png|txt|vcf|xlsx?|xml)\b"


@dataclass(frozen=True)
class Said:
    """Something as it may be said. A text has it only if all of one of the ``signs`` are in it, in small letters."""

    pattern: str
    signs: frozenset[tuple[str, ...]]

    def between(self, before: str, behind: str) -> "Said":
        """The same, only between these patterns."""
        return Said(f"{before}(?:{self.pattern}){behind}", self.signs)


class Sought:
    """Any of several things that may be said, the longest first; of none nothing is found."""

    def __init__(self, said: Iterable[Said]) -> None:
        every = list(said)
        ways = sorted({one.pattern for one in every}, key=len, reverse=True)
        self._pattern = re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)
        self._signs = {sign for one in every for sign in one.signs}

    def often(self, text: str) -> int:
        """How often it is in a text."""
        return sum(1 for _ in self._pattern.finditer(text)) if self._may_be_in(text) else 0

    def found_in(self, text: str) -> bool:
        """Whether it is in a text."""
        return self._may_be_in(text) and bool(self._pattern.search(text))

    def replaced(self, text: str, instead: str) -> str:
        """A text with something else in its place."""
        return self._pattern.sub(lambda _: instead, text) if self._may_be_in(text) else text

    def _may_be_in(self, text: str) -> bool:
        small = text.lower()
        return any(all(part in small for part in sign) for sign in self._signs)


def any_of(said: Iterable[Said]) -> Sought:
    """Several as one."""
    return Sought(said)


def plain(text: str) -> str:
    """A text in its plainest spelling: each sign in one form only, and none that nobody sees."""
    return text if text.isascii() else UNSEEN.sub("", normalize("NFKC", text))


def literally(text: str) -> Said:
    """A text as it is, without regard to case."""
    return Said(re.escape(text), frozenset({(text.lower(),)}))


def spoken(text: str) -> Said:
    """A text as it may stand anywhere, its blanks being any, in HTML and in links too."""
    text = plain(text)
    ways = {text, html.escape(text), html.escape(text, quote=False), quote(text, safe=""), quote_plus(text)}
    parts = [way.split() for way in sorted(ways, key=len, reverse=True)]
    patterns = (GAP.join(re.escape(part) for part in way) for way in parts)
    return Said("|".join(patterns), frozenset((max(way, key=len).lower(),) for way in parts))


def by_itself(said: Said) -> Said:
    """The same where it is no part of a longer word."""
    return said.between(r"(?<!\w)", r"(?!\w)")


def address(text: str) -> Said:
    """An address where it is no part of a longer one, also as links have it, and with its domain in letters."""
    local, _, domain = text.rpartition("@")
    locals_, domains = {local, quote(local)}, {domain, _in_letters(domain)}
    before, behind = r"(?:(?<=%[0-9a-f]{2})|(?<![\w.+-]))", rf"(?![\w-]|\.(?!{FILE})[\w-])"
    signs = frozenset((one.lower(), other.lower()) for one in locals_ for other in domains)
    return Said(f"(?:{_either(locals_)}){AT}(?:{_either(domains)})", signs).between(before, behind)


def _either(texts: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(texts, key=len, reverse=True))


def _in_letters(domain: str) -> str:
    """A domain as people write it, where it is kept as ``xn--...``."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
