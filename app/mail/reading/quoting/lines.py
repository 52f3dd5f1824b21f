"""A mail as lines, each with how deep it is quoted; what plain text and HTML have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from app.mail.reading.quoting.languages import COLONS

# No machine writes longer ones around a quote. What lies behind is never looked at, so that a line costs little.
LOOKED_AT = 500
# Nobody answers a mail of so many lines; to look at each would only cost memory.
MOST_LINES = 30_000


class Hint(Enum):
    """What the HTML around a line says about it. Plain text says nothing."""

    NOTHING = auto()
    QUOTE = auto()
    ASIDE = auto()  # set apart, but as likely by the author as by a mail program
    ATTRIBUTION = auto()
    REST = auto()  # this line and all that follow are the answered mail
    SIGNATURE = auto()


@dataclass(slots=True)
class Line:
    """A line without its quote marks. ``start`` and ``end`` are offsets in the text; the end is behind the line end.

    A line that ``announces`` ends as words do that stand above something else.
    """

    text: str
    depth: int = 0
    hint: Hint = Hint.NOTHING
    start: int = 0
    end: int = 0
    announces: bool = field(init=False)

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    def __post_init__(self) -> None:
        self.announces = self.text.rstrip(" \t\r\xa0*").endswith((*COLONS, "---"))


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text. Together they are the text: only LF ends a line. None, where there are too many."""
    found: list[Line] = []
    if text.count("\n") >= MOST_LINES:
        return found
    start = 0
    for written in text.split("\n"):
        end = min(start + len(written) + 1, len(text))
        words, depth = without_marks(written[:LOOKED_AT].removesuffix("\r"))
        found.append(Line(words, depth, start=start, end=end))
        start = end
    return found


def without_marks(written: str) -> tuple[str, int]:
    """The words of a line, and how many ``>`` stand before them. Some stores write ``>From`` where a line began so."""
    if written.startswith(">From "):
        return written[1:], 0
    at = depth = 0
    while at < len(written):
        step = 1 if written[at] == ">" else 2 if written.startswith(" >", at) else 0
        if not step:
            break
        at, depth = at + step, depth + 1
    return (written[at:].removeprefix(" ") if depth else written), depth


def next_written(lines: Sequence[Line], at: int, blanks: int = 3) -> int | None:
    """The first line from here that is not blank, when it is not far."""
    for index in range(at, min(at + blanks + 1, len(lines))):
        if not lines[index].blank:
            return index
    return None


def same_depth(lines: Sequence[Line], at: int, most: int) -> Iterator[tuple[int, Line]]:
    """The lines from here that are not blank and as deep as the first, but not more than so many."""
    for index in range(at, min(at + most, len(lines))):
        if lines[index].blank or lines[index].depth != lines[at].depth:
            return
        yield index, lines[index]
