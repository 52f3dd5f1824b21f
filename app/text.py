"""The one point where text from outside becomes text we can store, and entities become signs."""

import html
import re

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
