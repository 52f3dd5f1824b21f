"""The types of cases on Kayako's wire: a number each. Words of the operator's own have none there."""

from collections.abc import Mapping

from app.errors import Invalid

NUMBERS: Mapping[str, int] = {"question": 1, "task": 2, "problem": 3, "incident": 4}


def type_id(word: str | None) -> int | None:
    """The number of the type of a case, if it has one."""
    return NUMBERS.get((word or "").lower())


def type_numbered(number: int) -> str:
    """The word of a type. Raises Invalid."""
    for word, known in NUMBERS.items():
        if known == number:
            return word
    raise Invalid("There is no type with this id. GET /api/v1/cases/types lists them.", field="type_id")
