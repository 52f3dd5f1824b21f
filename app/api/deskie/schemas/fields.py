"""The fields that bodies and queries of Deskie's dialect are made of: those of all dialects which were not ours, and
its moments.
"""

from datetime import datetime
from typing import Any

from marshmallow import fields

from app.api.deskie import dates
from app.api.lenient import (
    EMPTY,
    MOST_VALUES,
    TEXTS,
    Lenient,
    Meant,
    Text,
    flag,
    number,
    one_of,
    several,
    text,
)

__all__ = [
    "EMPTY",
    "MOST_VALUES",
    "TEXTS",
    "Lenient",
    "Moment",
    "Text",
    "flag",
    "moment",
    "number",
    "one_of",
    "several",
    "text",
]


class Moment(Meant, fields.Field[datetime]):
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
