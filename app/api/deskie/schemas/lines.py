"""Texts of one line, such as names and titles."""

from typing import Any

from marshmallow import ValidationError

from app.api.deskie.schemas.fields import EMPTY, Text, text
from app.people.wording import BREAKS


def line(most: int, *, blank: bool = False, **options: Any) -> Text:
    """A text of one line; ``blank`` says that there may be nothing in it."""
    found = text(most, **options)
    found.validators += [_plain] if blank else [_filled, _plain]
    return found


def _filled(text: str) -> None:
    if not text.strip():
        raise ValidationError(EMPTY)


def _plain(text: str) -> None:
    if BREAKS.search(text):
        raise ValidationError("This must be one line, without control characters.")
