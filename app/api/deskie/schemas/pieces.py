"""Pieces of texts that lists are searched by: ``text`` anywhere, ``^text`` at the start, ``text^`` at the end, and
``^text^`` as the whole.
"""

from typing import Any

from marshmallow import ValidationError, fields

from app.api.deskie.schemas.fields import TEXTS
from app.listing.fragments import Fragment

ANCHOR = "^"
LONGEST = 500


def piece_of(text: str) -> Fragment:
    """What such a text asks for."""
    first, last = text.startswith(ANCHOR), text.endswith(ANCHOR) and len(text) > 1
    return Fragment(text[first : len(text) - last], first, last)


class Piece(fields.Field[Fragment]):
    """A piece of at least so many characters, without the anchors."""

    default_error_messages = {"invalid": "This must be a text."}  # noqa: RUF012 - marshmallow reads it

    def __init__(self, least: int, **options: Any) -> None:
        super().__init__(**options)
        self.least = least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Fragment:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.make_error("invalid")
        found = piece_of(str(value).strip())
        if not self.least <= len(found.text) <= LONGEST:
            raise ValidationError(f"This must be {self.least} to {LONGEST} characters long.")
        try:
            found.check()
        except ValueError as error:
            raise ValidationError(f"This {error}.") from None
        return found


def piece(*, least: int) -> Piece:
    """A piece of a text."""
    return Piece(least, error_messages=TEXTS)
