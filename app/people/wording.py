"""What the words that people and places are described by must look like."""

import re

from app.clock import time_zone
from app.errors import Invalid

BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)
LONGEST_LANGUAGE = 35


def one_line(text: str, *, field: str) -> str:
    """The text without blanks around it. Raises Invalid for line breaks and the like: it may stand in a header."""
    text = text.strip()
    if BREAKS.search(text):
        raise Invalid("This must be one line, without control characters.", field=field)
    return text


def clean_alias(text: str) -> str:
    """A name that customers may see. Raises Invalid for an address, which they must not."""
    if "@" in text:
        raise Invalid("This must be a name, and not an address.", field="alias")
    return " ".join(one_line(text, field="alias").split())


def clean_language(text: str) -> str:
    """A language tag (BCP 47) as it is mostly written: ``de``, ``pt-BR``, ``zh-Hant-TW``. Raises Invalid."""
    if not LANGUAGE.fullmatch(text) or len(text) > LONGEST_LANGUAGE:
        raise Invalid("This must be a language tag, such as de, pt-BR or zh-Hant.", field="language")
    first, *further = text.split("-")
    return "-".join([first.lower(), *map(_subtag, further)])


def _subtag(text: str) -> str:
    if len(text) == 2:
        return text.upper()
    return text.title() if len(text) == 4 and text.isalpha() else text.lower()


def clean_time_zone(text: str) -> str:
    """The name of a time zone (IANA). Raises Invalid."""
    try:
        return time_zone(text).key
    except ValueError as error:
        raise Invalid(f"This {error}.", field="time_zone") from None
