"""The lines that order something, such as ``#close`` or ``#assign ben``: finding them, and the mail without them."""

import re
from dataclasses import dataclass, replace
from itertools import chain

from app.mail.reading.incoming import Incoming

# Programs write bold words with asterisks. What could be meant as a note must not be taken for a message: whatever
# follows the word, it counts.
LINE = re.compile(
    r"(?P<mark>[*_]*)#(?:(?P<note>note)(?![^\W_])|(?P<verb>close|reopen|assign|priority|label|snooze|add|forget)"
    r"(?=:|[.,!*_]*(?:\s|$)))[:.,!*_-]*(?P<argument>.*)",
    re.I | re.S,
)
UNSEEN = " \t\r\n\v\f\xa0\u2028\u2029\u200b\u200c\u200d\u2060\ufeff"
SIGNATURE = re.compile(r"^-- ?$", re.M)


@dataclass(frozen=True)
class Order:
    """One line: the verb, in lower case, and what stands behind it."""

    verb: str
    argument: str

    def __str__(self) -> str:
        return f"{self.verb} {self.argument}".strip()


@dataclass(frozen=True)
class Orders:
    """What a mail orders, and the mail without it; then it has no HTML either, in which the lines would still stand.

    What is written on the line of a ``#note`` is the beginning of the note.
    """

    given: tuple[Order, ...]
    rest: Incoming

    @property
    def note(self) -> bool:
        """Whether the rest is a note."""
        return any(one.verb == "note" for one in self.given)

    @property
    def more(self) -> bool:
        """Whether anything but a signature and quoted text is left: words, or a file that was attached."""
        words = SIGNATURE.split(_new(self.rest), maxsplit=1)[0]
        return bool(words.strip(UNSEEN)) or any(not file.inline for file in self.rest.files)

    def __str__(self) -> str:
        return ", ".join("note" if one.verb == "note" else str(one) for one in self.given)


def read_orders(mail: Incoming) -> Orders:
    """The orders on the first lines of what is new in a mail. The first other line ends them; quoted text has none."""
    start, end = _first_words(mail)
    given: list[Order] = []
    behind = position = start
    for line in mail.text[start:end].splitlines(keepends=True):
        position += len(line)
        found = _order(line)
        if found is not None:
            given.append(found)
        elif line.strip(UNSEEN):
            break
        if given:
            behind = position
    return Orders(tuple(given), _without(mail, start, behind, given) if given else mail)


def _new(mail: Incoming) -> str:
    return "".join(mail.text[start:end] for start, end in _spans(mail))


def _spans(mail: Incoming) -> tuple[tuple[int, int], ...]:
    return ((0, len(mail.text)),) if mail.visible is None else mail.visible


def _first_words(mail: Incoming) -> tuple[int, int]:
    """The first span of new text in which anything stands."""
    return next(((start, end) for start, end in _spans(mail) if mail.text[start:end].strip(UNSEEN)), (0, 0))


def _order(line: str) -> Order | None:
    found = LINE.fullmatch(line.strip(UNSEEN))
    if found is None:
        return None
    argument = found["argument"].strip(UNSEEN)
    return Order((found["note"] or found["verb"]).lower(), argument.rstrip("*_") if found["mark"] else argument)


def _without(mail: Incoming, start: int, end: int, given: list[Order]) -> Incoming:
    """The mail with nothing but the words of a note between start and end."""
    words = "".join(f"{one.argument}\n" for one in given if one.verb == "note" and one.argument)
    text = mail.text[:start] + words + mail.text[end:]
    shift = len(text) - len(mail.text)
    edges = [edge + shift if edge >= end else edge for edge in chain.from_iterable(_spans(mail))]
    visible = None if mail.visible is None else tuple(zip(edges[::2], edges[1::2], strict=True))
    return replace(mail, text=text, html=None, visible=visible)
