"""What is struck out of texts, and what then stands in its place."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, quote_plus

from app.text import unescape

GAP = r"(?:[\s>|]|&nbsp;|%20)+"  # also where a line was broken, or quoted, or a cell of a table ends
AT = r"(?:@|%40|=40|&#64;|&#x40;)"
TAG = re.compile(r"<[^<>]*>")
BLOCK = re.compile(r"</?(?:br|p|div|t[dhr]|li|[uod]l|d[td]|h[1-6r]|pre|blockquote|option)\b[^<>]*>", re.IGNORECASE)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # signs of no width, between which nobody sees a gap
# What makes of an address the name of a file; any other label behind it makes it a longer address.
FILE = r"(?:csv|docx?|eml|html?|ics|jpe?g|json|mbox|msg|pdf|png|txt|vcf|xlsx?|xml)\b"


@dataclass(frozen=True)
class Words:
    """``pattern`` is struck out wherever it occurs; what is in ``whole`` only where it is all that is said."""

    pattern: re.Pattern[str]
    instead: str
    whole: frozenset[str] = frozenset()

    def struck(self, text: str) -> str:
        """The text without them. Where only its plain spelling shows some of them, that is what is left."""
        if " ".join(text.lower().split()) in self.whole:
            return self.instead
        spelt = plain(text)
        if spelt != text and self._often(spelt) > self._often(text):
            text = spelt
        return self.pattern.sub(lambda _: self.instead, text)

    def _often(self, text: str) -> int:
        return sum(1 for _ in self.pattern.finditer(text))

    def within(self, text: str) -> bool:
        """Whether they occur in a text, however it is spelt, or in what it shows when it is HTML."""
        return any(self.pattern.search(one) for one in _readings(text))


def plain(text: str) -> str:
    """A text in its plainest spelling: each sign in one form only, and none that nobody sees."""
    return text if text.isascii() else UNSEEN.sub("", normalize("NFKC", text))


def _readings(text: str) -> Iterator[str]:
    """How a text can be read. A tag of HTML may stand for a gap, or within a word."""
    yield text
    yield plain(text)
    if "<" in text or "&" in text:
        yield shown(text)
        yield plain(unescape(TAG.sub(" ", text)))


def shown(text: str) -> str:
    """What HTML shows, without its tags."""
    return plain(unescape(TAG.sub("", BLOCK.sub(" ", text))))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for several, the longest first; for none, one that matches nothing."""
    return re.compile("|".join(sorted({*patterns}, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def spoken(text: str) -> str:
    """A text as it may stand anywhere, its blanks being any, in HTML and in links too."""
    text = plain(text)
    ways = {text, html.escape(text), html.escape(text, quote=False), quote(text, safe=""), quote_plus(text)}
    return "|".join(sorted((GAP.join(re.escape(part) for part in way.split()) for way in ways), key=len, reverse=True))


def by_itself(pattern: str) -> str:
    """The pattern where it is no part of a longer word."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def address(text: str) -> str:
    """An address where it is no part of a longer one, also as links have it, and with its domain in letters."""
    local, _, domain = text.rpartition("@")
    locals_, domains = {local, quote(local)}, {domain, _in_letters(domain)}
    before, behind = r"(?:(?<=%[0-9a-f]{2})|(?<![\w.+-]))", rf"(?![\w-]|\.(?!{FILE})[\w-])"
    return f"{before}(?:{_either(locals_)}){AT}(?:{_either(domains)}){behind}"


def _either(texts: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(texts, key=len, reverse=True))


def _in_letters(domain: str) -> str:
    """A domain as people write it, where it is kept as ``xn--...``."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def strike(value: Any, words: Sequence[Words], *, free: bool = False) -> Any:
    """The value without these words: a text, or plain JSON with all texts in it.

    What is ``free`` is said by others in their own terms, like all ``meta``: there numbers and the names of members may
    be what is to go, too. Elsewhere these are ours, and whoever reads them relies on them.
    """
    if isinstance(value, str):
        for one in words:
            value = one.struck(value)
        return value
    if isinstance(value, dict):
        return {
            strike(name, words) if free else name: strike(part, words, free=free or name == "meta")
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [strike(part, words, free=free) for part in value]
    return _struck_number(value, words) if free else value


def _struck_number(value: Any, words: Sequence[Words]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    said = strike(str(value), words)
    return value if said == str(value) else said


def occur(text: str, words: Sequence[Words]) -> bool:
    """Whether any of these words is in a text."""
    return any(one.within(text) for one in words)
