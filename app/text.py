"""The one point where text from outside becomes text we can store, and entities become signs."""

import html
import re
from collections.abc import Iterable

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
# No sign has a number of eight digits; of one with more than 4,300 Python makes no number at all.
NUMBER = re.compile(r"(?<=&#)0*([0-9]{1,8})[0-9]*")


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which PostgreSQL refuses and UTF-8 cannot say."""
    return UNSTORABLE.sub("\ufffd", text)


def readable_entities(text: str) -> str:
    """The same text, in which the standard library can read every entity: it raises ValueError for endless numbers."""
    return NUMBER.sub(r"\1", text)


def unescape(text: str) -> str:
    """A text with its entities as the signs they stand for."""
    return html.unescape(readable_entities(text))


def told_apart(names: Iterable[str], *, longest: int = 255) -> list[str]:
    """The same names of files, those that came before with a number: "a (2).pdf". Letters alike are the same."""
    taken: dict[str, int] = {}
    return [_free(name, taken, longest) for name in names]


def _free(name: str, taken: dict[str, int], longest: int) -> str:
    """The name with the first number that is free; ``taken`` knows which number each name has come to."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    tries, found = taken.get(name.lower(), 0) + 1, name
    while found.lower() in taken:
        number = f" ({tries})"
        found = f"{stem[: longest - len(number) - len(dot + ending)]}{number}{dot}{ending}"
        taken[name.lower()], tries = tries, tries + 1
    taken[found.lower()] = taken.get(found.lower(), 1)
    return found
