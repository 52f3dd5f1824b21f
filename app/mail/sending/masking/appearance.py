"""A text as its reader takes it in, with the way back to how it is written.

An address can be written so that a search misses it and a mail program still shows it or writes to it: in entities, in
percent signs, in wide letters, with invisible signs in it, broken over two lines, as a string of a program, or within
the link of a rewriter of links. Each of these is a layer, and a text is read layer below layer.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.text import unescape

NESTED = 4  # how often an encoding may be encoded again


class Layer(NamedTuple):
    """One way to write signs otherwise: what it looks like, and what is meant."""

    marks: re.Pattern[str]
    meaning: Callable[[str], str]


def _bytes(mark: str, single: str) -> re.Pattern[str]:
    """Signs in UTF-8, each byte in two digits behind a mark: plain ones, those of many bytes, and what is no sign."""
    return re.compile(
        rf"{mark}[0-7][0-9A-Fa-f]|{mark}[C-Fc-f][0-9A-Fa-f](?:\n?{mark}[89ABab][0-9A-Fa-f]){{1,3}}|{mark}{single}"
    )


def _decoded(mark: str) -> str:
    """What the bytes say, of each of which the last two digits count: ``%C3%A4``, ``=C3=A4``, ``-25C3-25A4``."""
    pieces = mark.replace("\n", "").split(mark[0])
    return bytes.fromhex("".join(piece[-2:] for piece in pieces)).decode("utf-8", "replace")


def _unescaped(sign: str) -> str:
    sign = sign.lstrip("\\")
    return "\n" if len(sign) == 1 else chr(int(sign[1:], 16)).encode("utf-8", "replace").decode()


# Default_Ignorable_Code_Point of Unicode, and a sign that was shown as nothing before.
INVISIBLE = Layer(
    re.compile(
        r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
        r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
    ),
    lambda _: "",
)
# Letters with accents behind them, syllables in pieces, and other shapes of signs, which stand for the plain ones.
SHAPE = Layer(
    re.compile(
        r".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]{1,30}"
        r"|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[^\x00-\x7f]"
    ),
    lambda sign: unicodedata.normalize("NFKC", sign),
)
# The ends of lines of quoted-printable or of flowed text, and the marks of quoting before the next.
BREAK = Layer(re.compile(r"(?: ?=?(?:\r\n?|[\n\v\f\x85\u2028\u2029])[ \t>|]*+)++"), lambda _: "\n")
ENTITY = Layer(re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]{1,31});?"), unescape)
PERCENT = Layer(_bytes("%", "[89A-Fa-f][0-9A-Fa-f]"), _decoded)
# What names of hosts may have for a dot.
STOP = Layer(re.compile("\u3002"), lambda _: ".")
# As in a string of a program, also escaped again: ``\\u0040``, ``\\x40``, ``\\n``.
ESCAPED = Layer(re.compile(r"(?<!\\)\\++(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt])"), _unescaped)
# No single byte, which could be the beginning of a value: ``to=ben=40team.test``.
QUOTED = Layer(_bytes("=", "(?!)"), _decoded)
# As Proofpoint writes a link within its own: ``http-3A__casey.test_c_...``, ``mailto-3Aben-40team.test``.
DASHED = Layer(_bytes("-(?:25)*", "[89A-Fa-f][0-9A-Fa-f]"), _decoded)
SHOWN = (INVISIBLE, SHAPE, BREAK)
LINKED = (ENTITY, PERCENT, STOP)
# What is worth decoding when this is in a text: a colon or an @, as Proofpoint writes them, for the last.
FURTHER = (
    (ESCAPED.marks, (ESCAPED, *LINKED)),
    (QUOTED.marks, (QUOTED, ESCAPED, *LINKED)),
    (re.compile(r"-(?:25)*(?:3[Aa]|40)"), (DASHED, ESCAPED, *LINKED)),
)


def _offsets() -> "array[int]":
    return array("I")


@dataclass(frozen=True)
class Appearance:
    """What is seen, each end of a line as one line feed; and where signs stand that are written otherwise.

    ``begins`` are offsets in what is seen; beside each, how long it is there, and where it stands in the text above,
    which may be seen in its own way.
    """

    text: str
    above: "Appearance | None" = None
    begins: "array[int]" = field(default_factory=_offsets)
    lengths: "array[int]" = field(default_factory=_offsets)
    starts: "array[int]" = field(default_factory=_offsets)
    ends: "array[int]" = field(default_factory=_offsets)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of what is seen stands in what is written."""
        here = self._place(start)[0], self._place(end - 1)[1]
        return self.above.written(*here) if self.above else here

    def _place(self, offset: int) -> tuple[int, int]:
        last = bisect_right(self.begins, offset) - 1
        if last < 0:
            return offset, offset + 1
        behind = offset - self.begins[last]
        length, start, end = self.lengths[last], self.starts[last], self.ends[last]
        return (start, end) if behind < length else (end + behind - length, end + behind - length + 1)


def views(text: str) -> Iterator[Appearance]:
    """What a mail program shows of a text; and what is left each time that something in it is decoded."""
    views = [_shown(Appearance(text))]
    views += _decodings(views[-1], LINKED)
    yield from views
    for marks, layers in FURTHER:
        if marks.search(views[-1].text):
            yield from _decodings(views[-1], layers)


def _decodings(seen: Appearance, layers: tuple[Layer, ...]) -> Iterator[Appearance]:
    """One below the other, until nothing changes any more."""
    for _ in range(NESTED):
        above = seen
        for layer in layers:
            below = _read(seen, layer)
            if below is not seen:
                seen = _shown(below)
                yield seen
        if seen is above:
            return


def _shown(seen: Appearance) -> Appearance:
    for layer in SHOWN:
        seen = _read(seen, layer)
    return seen


def _read(above: Appearance, layer: Layer) -> Appearance:
    """What is below this layer; the same when there is nothing of it."""
    if layer.marks.search(above.text) is None:  # as in most texts
        return above
    pieces: list[str] = []
    seen, length, behind = Appearance("", above), 0, 0
    for mark in layer.marks.finditer(above.text):
        written, meaning = mark[0], layer.meaning(mark[0])
        if written == meaning:
            continue
        length += mark.start() - behind
        seen.begins.append(length)
        seen.lengths.append(len(meaning))
        seen.starts.append(mark.start())
        seen.ends.append(mark.end())
        pieces += [above.text[behind : mark.start()], meaning]
        length, behind = length + len(meaning), mark.end()
    return replace(seen, text="".join([*pieces, above.text[behind:]])) if pieces else above
