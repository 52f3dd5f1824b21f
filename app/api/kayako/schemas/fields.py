"""The fields that bodies and queries of Kayako's dialect are made of beside those of all dialects: lists with commas
between their values, and moments.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from app.api.brackets import values_of
from app.api.lenient import LARGEST_ID, TEXTS, Meant
from app.config import settings

MOST_VALUES = 200


class Parts(fields.Field[list[str]]):
    """Texts with commas between them, or in an array."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        found = [part.strip() for one in values_of(value) for part in str(one).split(",")]
        parts = list(dict.fromkeys(one for one in found if one))
        if len(parts) > MOST_VALUES:
            raise ValidationError(f"There must be at most {MOST_VALUES} values.")
        return parts


class Numbers(Parts):
    """Ids with commas between them, or in an array."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        parts = super()._deserialize(value, attr, data, **options)
        if not all(one.isascii() and one.isdecimal() and int(one[:20]) <= LARGEST_ID for one in parts):
            raise ValidationError("This must be ids with commas between them, such as 1,2.")
        return [int(one) for one in parts]


class Words(Parts):
    """Some of these words with commas between them, in upper or lower case."""

    def __init__(self, known: Sequence[str], **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        parts = [one.upper() for one in super()._deserialize(value, attr, data, **options)]
        if not {*parts} <= {*self.known}:
            raise ValidationError(f"This must be some of {', '.join(self.known)}.")
        return parts


class Moment(Meant, fields.Field[datetime]):
    """A moment (ISO 8601); without a zone it is in that of the account."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it
        "invalid": "This must be a moment, such as 2015-07-30T06:45:25+05:00."
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            # A plus that was not escaped comes as a blank.
            found = datetime.fromisoformat(str(value).strip().replace(" ", "+"))
            return (found if found.tzinfo else found.replace(tzinfo=settings().time_zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.make_error("invalid") from None


def parts(**options: Any) -> Parts:
    """Texts with commas between them."""
    return Parts(error_messages=TEXTS, metadata={"type": ["string", "array"]}, **options)


def numbers(**options: Any) -> Numbers:
    """Ids with commas between them."""
    return Numbers(
        error_messages=TEXTS, metadata={"type": ["string", "integer", "array"], "examples": ["1,2"]}, **options
    )


def words(known: Sequence[str], **options: Any) -> Words:
    """Some of these words with commas between them."""
    return Words(known, error_messages=TEXTS, metadata={"type": ["string", "array"]}, **options)


def word(known: Sequence[str], **options: Any) -> fields.String:
    """One of these words, in upper or lower case."""
    return Word(
        validate=validate.OneOf(known, error=f"This must be {' or '.join(known)}."),
        metadata={"type": "string", "enum": [*known]},
        error_messages=TEXTS,
        **options,
    )


class Word(fields.String):
    """A word in upper or lower case, read as an upper one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        return str(super()._deserialize(value, attr, data, **options)).strip().upper()


def moment(**options: Any) -> Moment:
    """A moment."""
    return Moment(error_messages=TEXTS, metadata={"type": "string", "format": "date-time"}, **options)
