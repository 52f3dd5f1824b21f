"""E-mail addresses in one text."""

from typing import Any

from marshmallow import ValidationError

from app.api.brackets import values_of
from app.api.deskie.schemas.fields import MOST_VALUES, TEXTS, Text


class Addresses(Text):
    """E-mail addresses with commas between them; whether they are any, is seen by the verbs."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        found = [str(one).strip() for one in values_of(value)]
        parts = [part.strip() for one in found for part in one.split(",") if part.strip()]
        if len(parts) > MOST_VALUES:
            raise ValidationError(f"There must be at most {MOST_VALUES} addresses.")
        return parts


def addresses(**options: Any) -> Addresses:
    """E-mail addresses with commas between them."""
    told = {"type": "string", "examples": ["ben@example.com,amy@example.com"]}
    return Addresses(error_messages=TEXTS, metadata=told, **options)
