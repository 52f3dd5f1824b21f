"""What each kind of field holds. What it does not hold is refused by a ValueError with a sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from app.cases.attachments import attachment_by_uuid
from app.cases.custom_fields import CustomField, FieldType
from app.cases.patterns import matches
from app.errors import NotFound

Number = TypeVar("Number", int, float)

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
LARGEST = 2**53  # beyond it, not every reader of JSON knows one whole number from the next
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def checked(field: CustomField, value: Any) -> Any:
    """The value as it is kept. Raises ValueError."""
    return KINDS[field.type](field, value)


def comparable(value: Any) -> str:
    """The value as filters compare it."""
    if isinstance(value, list):
        return ",".join(value)[:LONGEST_LINE]
    return (str(value).lower() if isinstance(value, bool) else str(value))[:LONGEST_LINE]


def _line(field: CustomField, value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_LINE or CONTROL.search(value):
        raise ValueError(f"This must be one line of 1 to {LONGEST_LINE} characters.")
    return value.strip()


def _text(field: CustomField, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise ValueError(f"This must be a text of 1 to {LONGEST_TEXT:,} characters.")
    return value


def _number(field: CustomField, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("This must be a whole number.")
    return _bounded(value)


def _decimal(field: CustomField, value: Any) -> int | float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("This must be a number.")
    return _bounded(value)


def _bounded(value: Number) -> Number:
    """The same number. What is none, and infinity, is out of bounds, too."""
    if not -LARGEST <= value <= LARGEST:
        raise ValueError(f"This must be a number between -{LARGEST:,} and {LARGEST:,}.")
    return value


def _day(field: CustomField, value: Any) -> str:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError("This must be a day, such as 2027-01-31.")


def _flag(field: CustomField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("This must be true or false.")
    return value


def _choice(field: CustomField, value: Any) -> str:
    keys = [one.key for one in field.options]
    if value not in keys:
        raise ValueError(f"This must be {_listed(keys)}.")
    return str(value)


def _choices(field: CustomField, value: Any) -> list[str]:
    keys = [one.key for one in field.options]
    if not isinstance(value, list) or any(one not in keys for one in value) or len(set(value)) < len(value):
        raise ValueError(f"This must be an array of any of {_listed(keys)}, each once.")
    return value


def _leaf(field: CustomField, value: Any) -> str:
    parents = {one.parent_id for one in field.options}
    leaves = [one.key for one in field.options if one.id not in parents]
    if value not in leaves:
        raise ValueError(f"This must be {_listed(leaves)}.")
    return str(value)


def _listed(keys: list[str]) -> str:
    return " or ".join(keys[:20]) + (" or one of the others" if len(keys) > 20 else "")


def _match(field: CustomField, value: Any) -> str:
    if not isinstance(value, str) or CONTROL.search(value) or not matches(field.pattern or "", value):
        raise ValueError(f"This must match {field.pattern}.")
    return value


def _file(field: CustomField, value: Any) -> str:
    try:
        return str(attachment_by_uuid(UUID(value)).uuid)
    except (NotFound, ValueError, TypeError, AttributeError):
        raise ValueError("This must be the uuid of an attachment.") from None


KINDS: Mapping[FieldType, Callable[[CustomField, Any], Any]] = {
    FieldType.TEXT: _line,
    FieldType.TEXTAREA: _text,
    FieldType.NUMBER: _number,
    FieldType.DECIMAL: _decimal,
    FieldType.DATE: _day,
    FieldType.CHECKBOX: _flag,
    FieldType.YES_NO: _flag,
    FieldType.RADIO: _choice,
    FieldType.SELECT: _choice,
    FieldType.MULTI_SELECT: _choices,
    FieldType.CASCADING: _leaf,
    FieldType.REGEX: _match,
    FieldType.FILE: _file,
}
