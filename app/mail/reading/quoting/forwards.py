"""Somebody else's mail that was passed on, read from the text of the mail that passes it on."""

import re
from collections.abc import Sequence

from app.mail.reading.incoming import Forward, Named
from app.mail.reading.quoting.attributions import ADDRESS
from app.mail.reading.quoting.delimiters import RULE, forward_begins, separates
from app.mail.reading.quoting.headers import HeaderBlock, header_block_at
from app.mail.reading.quoting.languages import ORIGINAL, QUOTATION_MARKS
from app.mail.reading.quoting.lines import Line, lines_of, next_written

LONGEST_ADDRESS = 320


def find_forward(text: str) -> Forward | None:
    """The outermost mail that this text passes on. None when its sender's address is not told.

    Below the words that say so, else wherever headers stand. It does not know a forward from an answer by a program
    that writes the same above both: the subject tells.
    """
    lines = lines_of(text)
    announced = (at for at in range(len(lines)) if forward_begins(lines, at))
    first = next(announced, None)
    found = _below(text, lines, first) if first is not None else None
    return found or next(filter(None, (_headers(text, lines, at) for at in range(len(lines)))), None)


def _below(text: str, lines: Sequence[Line], at: int) -> Forward | None:
    below = next_written(lines, at + 1)
    block = header_block_at(lines, below) if below is not None else None
    return _forward(text, lines, at, block) if block else None


def _headers(text: str, lines: Sequence[Line], at: int) -> Forward | None:
    block = header_block_at(lines, at)
    return _forward(text, lines, _first_of(lines, at), block) if block else None


def _first_of(lines: Sequence[Line], at: int) -> int:
    """The rule or the words between dashes above the headers."""
    above = at - 1
    while above >= 0 and at - above <= 2 and lines[above].blank:
        above -= 1
    ruled = above >= 0 and (RULE.match(lines[above].text) or separates(lines[above].text, ORIGINAL))
    return above if ruled else at


def _forward(text: str, lines: Sequence[Line], first: int, block: HeaderBlock) -> Forward | None:
    sender = _named(block.values["from"])
    if sender is None:
        return None
    depth = lines[block.end - 1].depth
    body = "".join(_without_marks(text[line.start : line.end], depth) for line in lines[block.end :])
    return Forward(sender, block.values.get("subject", ""), body.strip(), lines[first].start)


def _named(written: str) -> Named | None:
    """The address in a From, in lower case, and the name before it."""
    found = ADDRESS.search(written.replace("mailto:", " "))
    if found is None or len(found[0]) > LONGEST_ADDRESS:
        return None
    name = re.split(r"[<\[(]|mailto:", written)[0].strip(QUOTATION_MARKS + " \t*")
    return Named(found[0].strip(".*").lower(), "" if "@" in name else name)


def _without_marks(written: str, depth: int) -> str:
    """A line without the marks that the program of whoever passed it on put before all of them."""
    for _ in range(depth):
        written = written.removeprefix(" ").removeprefix(">") if written.startswith((">", " >")) else written
    return written.removeprefix(" ") if depth else written
