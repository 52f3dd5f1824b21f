"""A text as its reader takes it in, with the way back to how it is written.

An address can be written so that a search misses it and a mail program still shows it or writes to it: in entities, in
percent signs, in wide letters, with invisible signs in it, or broken over two lines.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

INVISIBLE = r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
# Other shapes of letters, of the dot and of @, which stand for the plain ones (Unicode, compatibility forms).
SHAPES = (
    r"[\u017f\u2024\u2100-\u214f\u2460-\u24ff\ufb00-\ufb06\ufe50-\ufe6b\uff01-\uff5e\U0001d400-\U0001d7ff"
    r"\U0001f100-\U0001f16f]"
)
# The end of a line of quoted-printable or of flowed text, and the marks of quoting before the next.
BREAK = r" ?=?\r?\n[ \t>|]{0,40}+"
PERCENT = r"%(?:25){0,3}[0-9A-Fa-f]{2}"
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|commat|period|lowbar|plus|amp|lt|gt|quot);"
QUOTED = r"=[0-9A-F]{2}"
SHOWN = re.compile(f"(?P<invisible>{INVISIBLE})|(?P<shape>{SHAPES})|(?P<break>{BREAK})")
DECODED = re.compile(f"{SHOWN.pattern}|(?P<percent>{PERCENT})|(?P<entity>{ENTITY})|(?P<quoted>{QUOTED})")


@dataclass(frozen=True)
class Appearance:
    """What is seen, each end of a line as one line feed; and where signs stand that are written otherwise.

    ``begins`` are offsets in what is seen; beside each, how long it is there, and where it stands in what is written.
    """

    text: str
    begins: list[int] = field(default_factory=list)
    spots: list[tuple[int, int, int]] = field(default_factory=list)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of what is seen stands in what is written."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, offset: int) -> tuple[int, int]:
        last = bisect_right(self.begins, offset) - 1
        if last < 0:
            return offset, offset + 1
        behind = offset - self.begins[last]
        length, start, end = self.spots[last]
        return (start, end) if behind < length else (end + behind - length, end + behind - length + 1)


def shown(text: str) -> Appearance:
    """What a mail program shows of a text."""
    return _seen(text, SHOWN)


def decoded(text: str) -> Appearance | None:
    """What is left when all that looks like an encoding is decoded too; None when nothing does."""
    return _seen(text, DECODED) if any(sign in text for sign in "%&=") else None


def _seen(text: str, marks: re.Pattern[str]) -> Appearance:
    pieces: list[str] = []
    seen, length, behind = Appearance(""), 0, 0
    for mark in marks.finditer(text):
        meaning = MEANINGS[str(mark.lastgroup)](mark[0])
        length += mark.start() - behind
        seen.begins.append(length)
        seen.spots.append((len(meaning), *mark.span()))
        pieces += [text[behind : mark.start()], meaning]
        length, behind = length + len(meaning), mark.end()
    return Appearance("".join([*pieces, text[behind:]]), seen.begins, seen.spots)


def _letter(code: int) -> str:
    return chr(code) if 0x20 <= code < 0x7F else "\ufffd"


MEANINGS: dict[str, Callable[[str], str]] = {
    "invisible": lambda _: "",
    "shape": lambda sign: unicodedata.normalize("NFKC", sign),
    "break": lambda _: "\n",
    "percent": lambda sign: _letter(int(sign[-2:], 16)),
    "entity": html.unescape,
    "quoted": lambda sign: _letter(int(sign[1:], 16)),
}
