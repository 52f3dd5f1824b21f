"""A text as its reader takes it in, with the way back to how it is written.

An address can be written so that a search misses it and a mail program still shows it or writes to it: in entities, in
percent signs, in wide letters, with invisible signs in it, broken over two lines, as a string of a program, or within
the link of a rewriter of links.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from app.text import unescape

INVISIBLE = r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
# Other shapes of letters, of the dot and of @, which stand for the plain ones (Unicode, compatibility forms).
SHAPES = (
    r"[\u017f\u2024\u2100-\u214f\u2460-\u24ff\ufb00-\ufb06\ufe50-\ufe6b\uff01-\uff5e\U0001d400-\U0001d7ff"
    r"\U0001f100-\U0001f16f]"
)
# The end of a line of quoted-printable or of flowed text, and the marks of quoting before the next.
BREAK = r" ?=?(?:\r\n?|[\n\v\f\x85\u2028\u2029])[ \t>|]{0,40}+"
PERCENT = r"%(?:25){0,3}[0-9A-Fa-f]{2}"
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|commat|period|lowbar|plus|amp|lt|gt|quot);"
QUOTED = r"=[0-9A-F]{2}"
# As in a string of JSON, also escaped again: ``\\u0040``, ``\\x40``, ``\\n``.
ESCAPED = r"\\{1,8}+(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt])"
# What names of hosts may have for a dot.
STOP = r"[\u3002\uff61]"
# As Proofpoint writes a link within its own: ``http-3A__casey.test_c_...``, ``mailto-3Aben-40team.test``.
DASHED = r"-(?:25){0,3}[0-9A-Fa-f]{2}"
UNSEEN = re.compile(INVISIBLE)
SHOWN = re.compile(f"(?P<invisible>{INVISIBLE})|(?P<shape>{SHAPES})|(?P<break>{BREAK})")
DECODED = re.compile(
    f"{SHOWN.pattern}|(?P<percent>{PERCENT})|(?P<entity>{ENTITY})|(?P<quoted>{QUOTED})"
    f"|(?P<escaped>{ESCAPED})|(?P<stop>{STOP})"
)
REWRITTEN = re.compile(f"{DECODED.pattern}|(?P<dashed>{DASHED})")
ENCODES = "%&=\\\u3002\uff61"
REWRITES = re.compile(r"-(?:25){0,3}(?:3[Aa]|40)")  # a colon or an @


def _offsets() -> "array[int]":
    return array("L")


@dataclass(frozen=True)
class Appearance:
    """What is seen, each end of a line as one line feed; and where signs stand that are written otherwise.

    ``begins`` are offsets in what is seen; beside each, how long it is there, and where it stands in what is written.
    """

    text: str
    begins: "array[int]" = field(default_factory=_offsets)
    lengths: "array[int]" = field(default_factory=_offsets)
    starts: "array[int]" = field(default_factory=_offsets)
    ends: "array[int]" = field(default_factory=_offsets)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of what is seen stands in what is written."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, offset: int) -> tuple[int, int]:
        last = bisect_right(self.begins, offset) - 1
        if last < 0:
            return offset, offset + 1
        behind = offset - self.begins[last]
        length, start, end = self.lengths[last], self.starts[last], self.ends[last]
        return (start, end) if behind < length else (end + behind - length, end + behind - length + 1)


def views(text: str) -> Iterator[Appearance]:
    """What a mail program shows of a text; what is left when all that looks like an encoding is decoded too."""
    yield _seen(text, SHOWN)
    if any(sign in text for sign in ENCODES):
        yield _seen(text, DECODED)
    if REWRITES.search(text):
        yield _seen(text, REWRITTEN)


def _seen(text: str, marks: re.Pattern[str]) -> Appearance:
    pieces: list[str] = []
    seen, length, behind = Appearance(""), 0, 0
    for mark in marks.finditer(text):
        written, meaning = mark[0], MEANINGS[str(mark.lastgroup)](mark[0])
        if written == meaning:
            continue
        length += mark.start() - behind
        seen.begins.append(length)
        seen.lengths.append(len(meaning))
        seen.starts.append(mark.start())
        seen.ends.append(mark.end())
        pieces += [text[behind : mark.start()], meaning]
        length, behind = length + len(meaning), mark.end()
    return replace(seen, text="".join([*pieces, text[behind:]]))


def _letter(code: int) -> str:
    return chr(code) if 0x20 <= code < 0x7F else "\ufffd"


def _escaped(sign: str) -> str:
    """The sign meant; nothing when nobody would see it."""
    sign = sign.lstrip("\\")
    if len(sign) == 1:
        return "\n"
    meant = unicodedata.normalize("NFKC", UNSEEN.sub("", chr(int(sign[1:], 16)))).replace("\u3002", ".")
    return meant if meant.isprintable() else "\ufffd"


MEANINGS: dict[str, Callable[[str], str]] = {
    "invisible": lambda _: "",
    "shape": lambda sign: unicodedata.normalize("NFKC", sign),
    "break": lambda _: "\n",
    "percent": lambda sign: _letter(int(sign[-2:], 16)),
    "entity": unescape,
    "quoted": lambda sign: _letter(int(sign[1:], 16)),
    "escaped": _escaped,
    "stop": lambda _: ".",
    "dashed": lambda sign: _letter(int(sign[-2:], 16)),
}
