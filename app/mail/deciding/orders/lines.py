"""The lines that order something, such as ``#close`` or ``#assign ben``: finding them, and the mail without them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import chain, islice
from unicodedata import category, normalize

from app.mail.reading.incoming import Incoming

KNOWN = ("note", "close", "reopen", "assign", "priority", "label", "snooze", "add", "forget")
# Programs make lists and headings of such lines, write bold words with asterisks, and escape the sign #.
DRESS = r"(?P<dress>(?:\d{1,2}[.)])?(?:[^\w#>]|_){0,20})#{1,6}[\s*_`\\-]{0,20}"
# What could be meant as a note must not be taken for a message: whatever follows the word, it counts.
ORDER = re.compile(
    rf"{DRESS}(?:(?P<note>note)(?![^\W_])|(?P<verb>{'|'.join(KNOWN[1:])})(?=:|[.,!*_`)\]]*(?:\s|$)))"
    r"[:.,!*_`)\]\"'\u201d\u2019-]{0,10}",
    re.I,
)
WORD = re.compile(rf"{DRESS}(?P<word>[^\W\d_]{{1,30}})")
LONGEST_BEGINNING = 100  # of a line, in which all that makes it an order stands
ALIKE, SHORTEST = 0.7, 4
SIGNATURE = re.compile(r"^-- ?$", re.M)


@dataclass(frozen=True)
class Order:
    """One line: the verb, in lower case, and what stands behind it."""

    verb: str
    argument: str

    def __str__(self) -> str:
        return f"{self.verb} {self.argument[:LONGEST_BEGINNING]}".strip()


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

    @cached_property
    def doubt(self) -> str | None:
        """The beginning of a line that is no order and could be meant as one, or None.

        It is the first line, when its word is almost an order, or a note further down. Where the rest is a note anyway
        it can do no harm.
        """
        lines = [line for part in _new(self.rest) for line in part.splitlines()]
        first = next(filter(_seen, lines), "")
        doubted = first if _almost(first) else next(filter(_is_note, lines), None)
        return None if self.note or doubted is None else doubted.strip()[:LONGEST_BEGINNING]

    @property
    def more(self) -> bool:
        """Whether anything but a signature and quoted text is left: words, or a file that was attached."""
        words = SIGNATURE.split("".join(_new(self.rest)), maxsplit=1)[0]
        return _seen(words) or any(not file.inline for file in self.rest.files)

    def __str__(self) -> str:
        named = ["note" if one.verb == "note" else str(one) for one in self.given]
        return ", ".join([*named, "a line in doubt"] if self.doubt else named)


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
        elif _seen(line):
            break
        if given:
            behind = position
    return Orders(tuple(given), _without(mail, start, behind, given) if given else mail)


def _new(mail: Incoming) -> list[str]:
    return [mail.text[start:end] for start, end in _spans(mail)]


def _spans(mail: Incoming) -> tuple[tuple[int, int], ...]:
    return ((0, len(mail.text)),) if mail.visible is None else mail.visible


def _first_words(mail: Incoming) -> tuple[int, int]:
    """The first span of new text in which anything stands."""
    return next(((start, end) for start, end in _spans(mail) if _seen(mail.text[start:end])), (0, 0))


def _order(line: str) -> Order | None:
    places, signs = _beginning(line)
    found = ORDER.match(signs)
    if found is None:
        return None
    argument = _trimmed(line[places[found.end()] :])
    wrapped = found["dress"].endswith(("*", "_", "`"))
    return Order((found["note"] or found["verb"]).lower(), argument.rstrip("*_`") if wrapped else argument)


def _is_note(line: str) -> bool:
    found = ORDER.match(_beginning(line)[1])
    return found is not None and found["note"] is not None


def _almost(line: str) -> bool:
    """Whether a line begins like an order: with the sign #, and a word that is mistyped, cut short or too long."""
    found = WORD.match(_beginning(line)[1])
    word = found["word"].lower() if found else ""
    short = len(word) >= SHORTEST and any(one.startswith(word) for one in KNOWN)
    return short or word.startswith(KNOWN) or bool(get_close_matches(word, KNOWN, n=1, cutoff=ALIKE))


def _beginning(line: str) -> tuple[Sequence[int], str]:
    """The beginning of a line as it looks, wide letters as narrow ones, and the place of each sign and of what follows.

    What is written behind an order stays as it is.
    """
    if line[:LONGEST_BEGINNING].isascii():
        return range(len(line) + 1), line[:LONGEST_BEGINNING]
    kept = list(islice(_looks(line), LONGEST_BEGINNING))
    end = kept[-1][0] + 1 if kept else len(line)
    return [*(place for place, _ in kept), end], "".join(sign for _, sign in kept)


def _looks(line: str) -> Iterator[tuple[int, str]]:
    for place, sign in enumerate(line):
        if category(sign) not in {"Cf", "Mn", "Me"}:
            yield from ((place, look) for look in normalize("NFKC", sign))


def _unseen(sign: str) -> bool:
    return sign.isspace() or category(sign) == "Cf"


def _seen(text: str) -> bool:
    """Whether there is anything to be seen in a text."""
    return not all(map(_unseen, text))


def _trimmed(text: str) -> str:
    """A text without what cannot be seen at its ends."""
    start = next((place for place, sign in enumerate(text) if not _unseen(sign)), len(text))
    behind = next((place for place, sign in enumerate(reversed(text)) if not _unseen(sign)), 0)
    return text[start : len(text) - behind]


def _without(mail: Incoming, start: int, end: int, given: list[Order]) -> Incoming:
    """The mail with nothing but the words of a note between start and end."""
    words = "".join(f"{one.argument}\n" for one in given if one.verb == "note" and one.argument)
    text = mail.text[:start] + words + mail.text[end:]
    shift = len(text) - len(mail.text)
    edges = [edge + shift if edge >= end else edge for edge in chain.from_iterable(_spans(mail))]
    visible = None if mail.visible is None else tuple(zip(edges[::2], edges[1::2], strict=True))
    return replace(mail, text=text, html=None, visible=visible)
