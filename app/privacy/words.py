"""What is struck out of texts, and what then stands in its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.privacy.sought import Sought, plain
from app.text import unescape

TAG = re.compile(r"<[^<>]*>")
BLOCK = re.compile(r"</?(?:br|p|div|t[dhr]|li|[uod]l|d[td]|h[1-6r]|pre|blockquote|option)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """What is ``sought`` is struck out wherever it occurs; what is in ``whole`` only where it is all that is said."""

    sought: Sought
    instead: str
    whole: frozenset[str] = frozenset()

    def struck(self, text: str) -> str:
        """The text without them. Where only its plain spelling shows some of them, that is what is left."""
        if self.whole and " ".join(text.lower().split()) in self.whole:
            return self.instead
        spelt = plain(text)
        if spelt is not text and self.sought.often(spelt) > self.sought.often(text):
            text = spelt
        return self.sought.replaced(text, self.instead)


def occur(text: str, words: Sequence[Words]) -> bool:
    """Whether any of these words is in a text, however it is spelt, or in what it shows when it is HTML."""
    return any(stand(reading, words) for reading in _readings(text))


def stand(text: str, words: Sequence[Words]) -> bool:
    """Whether any of these words is in a text as it stands."""
    return any(one.sought.found_in(text) for one in words)


def _readings(text: str) -> Iterator[str]:
    """How a text can be read. A tag of HTML may stand for a gap, or within a word."""
    yield text
    if not text.isascii():
        yield plain(text)
    if "<" in text or "&" in text:
        yield plain(unescape(TAG.sub("", BLOCK.sub(" ", text))))
        yield plain(unescape(TAG.sub(" ", text)))


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
