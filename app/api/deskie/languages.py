"""The languages of Deskie's wire, by their numbers, which are ours."""

from app.errors import Invalid
from app.people.languages import CODES, language_number

UNKNOWN = 0


def language_id(code: str | None) -> int:
    """The number of a language; of one that has none, that of the language in general, such as of ``de-AT``."""
    return language_number(code) or UNKNOWN


def language_code(number: int, *, field: str = "language_id") -> str | None:
    """The language with this number; none for 0. Raises Invalid."""
    if number != UNKNOWN and number not in CODES:
        raise Invalid("There is no language with this id. GET /api/languages.json lists them.", field=field)
    return CODES.get(number)
