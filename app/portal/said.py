"""What verbs say, in the language of whoever reads it on a page."""

import re
from functools import cache

from app.portal.sentences import OF_VERBS
from app.translating import gettext

PLACE = re.compile(r"%\\\((\w+)\\\)s")  # as re.escape leaves it


def said(sentence: object) -> str:
    """The sentence in the language of its reader, its values in their places; as it is where no catalog knows it."""
    english = str(sentence)
    known = gettext(english)
    return known if known != english else _with_values(english)


def _with_values(english: str) -> str:
    for template, shape in _shapes():
        if found := shape.fullmatch(english):
            return gettext(template) % found.groupdict()
    return english


@cache
def _shapes() -> list[tuple[str, re.Pattern[str]]]:
    """The sentences with values in them, and how to find those."""
    return [(one, re.compile(PLACE.sub(r"(?P<\1>.+)", re.escape(one)))) for one in OF_VERBS if "%(" in one]
