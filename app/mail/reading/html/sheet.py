"""A sheet on which text is written as a reader of HTML sees it: words, lines, and empty lines between paragraphs."""

import re

BLANKS = re.compile(r"[ \t\r\n\f]+")
MOST_BREAKS = 3


class Sheet:
    """Text as it grows. Breaks and spaces are owed until a word follows, so that none are left over at the end."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.quotes = 0
        self.lead = ""
        self._breaks = MOST_BREAKS
        self._space = ""

    @property
    def in_line(self) -> bool:
        """Whether something stands in the line already."""
        return not self._breaks

    def line(self, breaks: int = 1) -> None:
        """Go on in a new line, or after ``breaks - 1`` empty ones."""
        self._breaks, self._space = max(self._breaks, breaks), ""

    def another_line(self) -> None:
        """Go on one line further down, wherever we are."""
        self._breaks, self._space = min(self._breaks + 1, MOST_BREAKS), ""

    def gap(self, sign: str = " ") -> None:
        """Leave room before the next word, if it comes in the same line."""
        if self.in_line and len(sign) > len(self._space):
            self._space = sign

    def words(self, text: str) -> None:
        """Write text in which any run of blanks is one space. A line of hard spaces alone is an empty line."""
        bare = BLANKS.sub(" ", text)
        if bare.startswith(" "):
            self.gap()
        if bare.strip(" ").strip("\xa0 "):
            self.write(bare.strip(" ").replace("\xa0", " "))
        elif "\xa0" in bare:
            self.gap() if self.in_line else self.line(2)
        if bare.endswith(" "):
            self.gap()

    def verbatim(self, text: str) -> None:
        """Write text whose blanks and lines count."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.another_line()
            if line:
                self.write(line.replace("\xa0", " "))

    def write(self, text: str) -> None:
        """Write what is left of what was owed, and then this."""
        before = self._space
        if self._breaks:
            before = ("\n" * self._breaks if self.pieces else "") + "> " * self.quotes + self.lead
            self.lead = ""
        self._breaks, self._space = 0, ""
        self.pieces.append(before + text)
        self.length += len(before) + len(text)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.pieces)
