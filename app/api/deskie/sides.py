"""The two sides of a filter of the changelog, ``old,new``: each a value, ``any`` or ``empty``."""

from collections.abc import Callable, Mapping
from typing import Any

from app.api.deskie.custom_fields import read_value
from app.api.deskie.words import STATUSES
from app.cases.changes import Values
from app.cases.custom_fields import CustomField
from app.cases.mentioned import label_name, option_key
from app.errors import Invalid

FIELDS = "custom_fields"
NOTHING: Values = (None,)
FLAGS = {"true": True, "1": True, "false": False, "0": False}

Read = Callable[[str, str], Values]
Side = Values | None
Sides = tuple[Side, Side]


def sides(kind: str, said: str) -> Sides:
    """The values that may have been there, and those that may be there now; None: whatever it is. Raises Invalid."""
    return _read(said, READ[kind], kind)


def in_fields(said: Any) -> Sides:
    """The same of what is said in fields of the operator's own, whichever they are."""
    return _read(said, _whatever, FIELDS)


def in_field(field: CustomField, said: Any) -> Sides:
    """The same of what is said in one of them."""
    return _read(said, lambda side, _: [read_value(field, side)], FIELDS)


def _read(said: Any, read: Read, field: str) -> Sides:
    old, comma, new = str(said).partition(",")
    if not comma:
        raise Invalid("This must be old and new with a comma between them, such as any,closed.", field=field)
    return _side(old.strip(), read, field), _side(new.strip(), read, field)


def _side(said: str, read: Read, field: str) -> Side:
    if said == "any":
        return None
    return NOTHING if said == "empty" else read(said, field)


def _id(said: str, field: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) <= 9):
        raise Invalid("Each side must be an id, any or empty.", field=field)
    return int(said)


def _whom(said: str, field: str) -> Values:
    """0 is nobody."""
    return (_id(said, field) or None,)


def _label(said: str, field: str) -> Values:
    name = label_name(_id(said, field))
    return () if name is None else (name,)


def _status(said: str, field: str) -> Values:
    found = [one for one, word in STATUSES.items() if word == said]
    if not found:
        raise Invalid("Each side must be open, waiting, closed or any.", field=field)
    return found


def _word(said: str, _field: str) -> Values:
    return (said,)


def _whatever(said: str, _field: str) -> Values:
    """All that fields of any type hold where Deskie says this."""
    number = int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else None
    option = option_key(number) if number is not None else None
    return [one for one in (said, number, option, FLAGS.get(said.lower())) if one is not None]


READ: Mapping[str, Read] = {
    "staff": _whom,
    "group": _whom,
    "status": _status,
    "priority": _word,
    "subject": _word,
    "labels": _label,
}
