"""Blocks of headers, as Outlook and many others write them above the mail that is answered or passed on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.mail.reading.quoting.languages import COLONS, HOUR_SIGNS, LABELS
from app.mail.reading.quoting.lines import Line

LABEL = re.compile(
    rf"[ \t\xa0]{{0,8}}\*{{0,2}}(?P<label>[^\W\d_][^{COLONS}*\n]{{0,24}}?)[ \xa0\t]{{0,8}}\*{{0,2}}[ \xa0]?"
    rf"[{COLONS}]\*{{0,2}}(?P<value>.*)"
)
TIME = re.compile(rf"\d ?[{HOUR_SIGNS}] ?\d\d")
MOST_LINES = 60
WRAPPED_AT = 60


@dataclass
class HeaderBlock:
    """What such a block says, by the kind of header, and where it ends."""

    end: int
    values: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether a mail program wrote it. A form with From, To, Date and Subject may be about a journey."""
        has = self.values.keys()
        addressed = "@" in self.values.get("from", "")
        evident = addressed or "@" in self.values.get("to", "") or bool(TIME.search(self.values.get("date", "")))
        enough = ("date" in has or "to" in has) and ("subject" in has or (addressed and "date" in has))
        return "from" in has and enough and evident


def labelled(line: Line) -> tuple[str, str] | None:
    """The kind of header that a line is, and its value."""
    found = LABEL.match(line.text)
    kind = LABELS.get(" ".join(found["label"].lower().split())) if found else None
    return (kind, found["value"].strip(" \t\xa0*")) if found and kind else None


def header_block_at(lines: Sequence[Line], at: int) -> HeaderBlock | None:
    """The complete block of headers that begins with this line."""
    if labelled(lines[at]) is None:
        return None
    block, last = HeaderBlock(at), ""
    for index, line in _together(lines, at):
        header = labelled(line)
        if header and header[0] != "other" and header[0] in block.values:
            break
        if header:
            last = header[0]
            block.values[last] = header[1]
        elif _goes_on(block.values[last], lines[index - 1], line, last):
            block.values[last] = f"{block.values[last]} {line.text.strip()}".strip()
        else:
            break
        block.end = index + 1
    return block if block.complete else None


def _together(lines: Sequence[Line], at: int) -> Iterator[tuple[int, Line]]:
    """The lines that may be of one block: where blank lines stand between headers, each is followed by a header."""
    for index in range(at, min(at + MOST_LINES, len(lines))):
        line = lines[index]
        if line.depth != lines[at].depth and not line.blank:
            return
        if not line.blank:
            yield index, line
        elif index + 1 == len(lines) or labelled(lines[index + 1]) is None:
            return


def _goes_on(value: str, above: Line, line: Line, kind: str) -> bool:
    """Whether a line without a label belongs to the header above it."""
    if not value or value.endswith((",", ";")) or line.text.startswith((" ", "\t")):
        return True
    if kind == "subject":
        return len(above.text) >= WRAPPED_AT and not above.blank
    return "@" in line.text and " " not in line.text.strip() and kind in ("from", "to", "other")
