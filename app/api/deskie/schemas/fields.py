"""The fields that bodies and queries of Deskie's dialect are made of: those of all dialects which were not ours, and
its moments and addresses.
"""

from datetime import datetime
from typing import Any

from marshmallow import ValidationError, fields

from app.api.brackets import values_of
from app.api.deskie import dates
from app.api.lenient import (
    EMPTY,
    LARGEST_ID,
    MANY,
    MOST_VALUES,
    TEXTS,
    Flag,
    Lenient,
    Number,
    Several,
    Text,
    flag,
    number,
    one_of,
    several,
    text,
)

__all__ = [
    "EMPTY",
    "LARGEST_ID",
    "MANY",
    "MOST_VALUES",
    "TEXTS",
    "Addresses",
    "Flag",
    "Lenient",
    "Moment",
    "Number",
    "Several",
    "Text",
    "addresses",
    "flag",
    "moment",
    "number",
    "one_of",
    "several",
    "text",
]


class Moment(fields.Field[datetime]):
    """A moment; see ``dates.read``."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it
        "invalid": "This must be a moment, such as 2021-12-01, 2021-12-01 09:30:00 or the Unix time 1609459200."
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        try:
            return dates.read(value)
        except (ValueError, TypeError, OverflowError):
            raise self.make_error("invalid") from None


def moment(**options: Any) -> Moment:
    """A moment."""
    told = {"type": ["string", "integer"], "examples": ["2021-12-01 09:30:00"]}
    return Moment(error_messages=TEXTS, metadata=told, **options)


def addresses(**options: Any) -> "Addresses":
    """E-mail addresses with commas between them."""
    told = {"type": "string", "examples": ["ben@example.com,amy@example.com"]}
    return Addresses(error_messages=TEXTS, metadata=told, **options)


class Addresses(Text):
    """E-mail addresses with commas between them; whether they are any, is seen by the verbs."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        found = [str(one).strip() for one in values_of(value)]
        parts = [part.strip() for one in found for part in one.split(",") if part.strip()]
        if len(parts) > MOST_VALUES:
            raise ValidationError(f"There must be at most {MOST_VALUES} addresses.")
        return parts
