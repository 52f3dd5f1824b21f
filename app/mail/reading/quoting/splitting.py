"""Telling what is repeated from what is new, line by line."""

from collections.abc import Iterator, Sequence

from app.mail.reading.quoting.attributions import attribution_at
from app.mail.reading.quoting.delimiters import above_marker, delimiter_at, forward_begins, marker_length, rest_begins
from app.mail.reading.quoting.languages import ANSWERED_BETWEEN, DASHES, PAUSES, SENTENCE_ENDS
from app.mail.reading.quoting.lines import Hint, Line, next_written
from app.mail.reading.quoting.signatures import signature_start

WORDS_OF_PROSE = 4
MOST_WORDS_ABOVE = 12


def quoted_lines(lines: Sequence[Line]) -> list[bool]:
    """By line, whether it is quoted or a signature. None is when no word of the author would be left."""
    flags = [False] * len(lines)
    for first, end in Reading(lines).quotes():
        flags[first:end] = [True] * (end - first)
    signature = signature_start(lines, flags)
    if not any(_says_something(line) for line, quoted in zip(lines[:signature], flags, strict=False) if not quoted):
        return [False] * len(lines)
    for at in range(signature, len(lines)):
        flags[at] = True
    _close_gaps(lines, flags)
    return flags


def _says_something(line: Line) -> bool:
    """Whether there is more than rules and dots: a word, a sign that is an answer, or a picture."""
    return any(letter.isalnum() or letter in "?!+:;)(" or _drawn(letter) for letter in line.text)


def _drawn(letter: str) -> bool:
    return not letter.isascii() and letter.isprintable() and letter not in DASHES


def _close_gaps(lines: Sequence[Line], flags: list[bool]) -> None:
    """Blank lines between quoted ones are quoted too."""
    last: int | None = None
    for at, line in enumerate(lines):
        if flags[at]:
            if last is not None:
                flags[last:at] = [True] * (at - last)
            last = at
        elif not line.blank:
            last = None


class Reading:
    """One walk over the lines of a mail, from top to bottom.

    Once a mail program's words stood above a quote, this mail has quotes, and what else looks like one is one.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.opened = False
        self.answers_between = False
        self.searched = 0
        self.last_written: int | None = None
        self.next_deep = self._next_deep()
        self.explained: dict[tuple[int, int], bool] = {}

    def _next_deep(self) -> list[int]:
        """By line, the first from there that is marked as quoted."""
        found, nearest = [0] * len(self.lines), len(self.lines)
        for at in range(len(self.lines) - 1, -1, -1):
            nearest = at if self.lines[at].depth else nearest
            found[at] = nearest
        return found

    def quotes(self) -> Iterator[tuple[int, int]]:
        """First and last-but-one of the lines of each quote. A mail that is passed on ends the search."""
        at = 0
        while at < len(self.lines):
            if self.lines[at].blank and not self.lines[at].depth:
                at += 1
                continue
            if forward_begins(self.lines, at) and not (self.opened and self.lines[at].depth):
                return
            end = self._block_end(at) if self.lines[at].depth else self._delimiter_end(at)
            if end is None:
                self.last_written = at
                at += 1
                continue
            if not self.lines[at].depth or self._is_quote(at, end):
                self.opened, self.last_written = True, None
                yield at, end
            else:
                self.last_written = end - 1
            at = end

    def _block_end(self, at: int) -> int:
        while at < len(self.lines) and self.lines[at].depth:
            at += 1
        return at

    def _delimiter_end(self, at: int) -> int | None:
        """Where a quote ends that begins with a mail program's words: behind its marked lines, or with the mail."""
        if rest_begins(self.lines, at):
            return None if self._answers_between(at) else len(self.lines)
        found = delimiter_at(self.lines, at) or above_marker(self.lines, at)
        if found is None:
            return None
        below = next_written(self.lines, found.end)
        if below is not None and self.lines[below].depth:
            return self._block_end(below)
        if not found.sure or (self._introduced(at) and not found.ours):
            return None
        return self._end_without_marks(found.end)

    def _end_without_marks(self, at: int) -> int | None:
        """All that follows, unless the marked lines below are the quote and the author's words stand above them."""
        deep = self.next_deep[at] if at < len(self.lines) else len(self.lines)
        if deep < len(self.lines) and not self._explained(at, deep):
            return at
        return None if self._answers_between(at) else len(self.lines)

    def _explained(self, first: int, deep: int) -> bool:
        """Whether marked lines have an attribution of their own, and so are a quote within the quote."""
        near = (max(first, deep - MOST_WORDS_ABOVE), deep)
        if near not in self.explained:
            found = (delimiter_at(self.lines, at) for at in range(*near))
            self.explained[near] = any(one and next_written(self.lines, one.end) == deep for one in found)
        return self.explained[near]

    def _introduced(self, at: int) -> bool:
        """Whether the author announces what follows: ``This is what I got:``. Then it belongs to his words."""
        if self.last_written is None:
            return False
        return self.lines[self.last_written].announces

    def _answers_between(self, at: int) -> bool:
        """Whether the author says, above this line, that his answers stand within the answered mail."""
        above = (line for line in self.lines[self.searched : at] if not line.depth)
        self.searched = at
        self.answers_between = self.answers_between or any(ANSWERED_BETWEEN.search(line.text) for line in above)
        return self.answers_between

    def _is_quote(self, at: int, end: int) -> bool:
        """Whether marked lines that nothing explains are a quote, and not what somebody typed at a prompt."""
        block = self.lines[at:end]
        if any(line.hint is Hint.QUOTE for line in block):
            return True
        if any(marker_length(self.lines, index) for index in range(at, end)):
            return True
        if self._introduced(at):
            return False
        if self.opened or any(self._attributed(index, end) for index in range(at, min(at + 4, end))):
            return True
        close = at > 0 and self.last_written == at - 1
        return not close and block[0].hint is not Hint.ASIDE and _prose(block)

    def _attributed(self, at: int, end: int) -> bool:
        """Whether an attribution stands within the marked lines, as some programs write it."""
        found = attribution_at(self.lines, at)
        return found is not None and found.end < end


def _prose(block: Sequence[Line]) -> bool:
    """Whether somebody speaks in these lines: words, and the end of a sentence."""
    words = sum(len(line.text.split()) for line in block)
    unspaced = sum(not letter.isascii() for line in block for letter in line.text) >= 2 * WORDS_OF_PROSE
    return (words >= WORDS_OF_PROSE or unspaced) and any(
        line.text.rstrip().endswith((*SENTENCE_ENDS, *PAUSES)) for line in block
    )
