"""What is struck out of texts, and what then stands in its place."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.text import unescape

GAP = r"(?:[\s>]|&nbsp;)+"  # also where a line was broken, or quoted
AT = r"(?:@|%40|=40|&#64;|&#x40;)"
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Words:
    """``pattern`` is struck out wherever it occurs; what is in ``whole`` only where it is all that is said."""

    pattern: re.Pattern[str]
    instead: str
    whole: frozenset[str] = frozenset()

    def struck(self, text: str) -> str:
        """The text without them."""
        if " ".join(text.lower().split()) in self.whole:
            return self.instead
        return self.pattern.sub(lambda _: self.instead, text)

    def within(self, text: str) -> bool:
        """Whether they occur in a text, or in what it shows when it is HTML."""
        return bool(self.pattern.search(text) or self.pattern.search(shown(text)))


def shown(text: str) -> str:
    """What HTML shows, without its tags."""
    return unescape(TAG.sub("", text))


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for several, the longest first; for none, one that matches nothing."""
    return re.compile("|".join(sorted({*patterns}, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def spoken(text: str) -> str:
    """A text as it may stand anywhere, its blanks being any, in HTML too."""
    ways = {text, html.escape(text), html.escape(text, quote=False)}
    return "|".join(GAP.join(re.escape(part) for part in way.split()) for way in ways)


def by_itself(pattern: str) -> str:
    """The pattern where it is no part of a longer word."""
    return rf"(?<!\w)(?:{pattern})(?!\w)"


def address(text: str) -> str:
    """An address where it is no part of a longer one, also as it is written in links."""
    local, _, domain = text.rpartition("@")
    return rf"(?<![\w.+-]){re.escape(local)}{AT}{re.escape(domain)}(?![\w-])"


def strike(value: Any, words: Sequence[Words]) -> Any:
    """The value without these words: a text, or plain JSON with all texts in it, the names of members too."""
    if isinstance(value, str):
        for one in words:
            value = one.struck(value)
        return value
    if isinstance(value, dict):
        return {strike(name, words): strike(part, words) for name, part in value.items()}
    return [strike(part, words) for part in value] if isinstance(value, list) else value


def occur(text: str, words: Sequence[Words]) -> bool:
    """Whether any of these words is in a text."""
    return any(one.within(text) for one in words)
