"""The operator's own fields on Deskie's wire: ``cf_25``, and a choice by the number of its option."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.api.brackets import values_of
from app.api.deskie.schemas.fields import MOST_VALUES
from app.api.deskie.schemas.pieces import piece_of
from app.cases.criteria import FREE_TEXTS
from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_definitions import fields_numbered
from app.cases.field_values import kept_in
from app.errors import Invalid

NAME = re.compile(r"cf_(\d{1,9})", re.ASCII)
CHOICES = {FieldType.RADIO, FieldType.SELECT, FieldType.CASCADING}
FLAGS = {FieldType.CHECKBOX, FieldType.YES_NO}
READ: Mapping[FieldType, Callable[[str], int | float]] = {FieldType.NUMBER: int, FieldType.DECIMAL: float}
TRUE, FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}
FIELD = "custom_fields"

Json = dict[str, Any]


def told_fields(said: Iterable[tuple[CustomField, Any]], fields: Iterable[CustomField] = ()) -> Json:
    """What is said in each field, by its number; of these ``fields`` also those in which nothing is said."""
    nothing = {f"cf_{field.id}": False if field.type in FLAGS else "" for field in fields}
    return nothing | {f"cf_{field.id}": _told(field, value) for field, value in said}


def _told(field: CustomField, value: Any) -> Any:
    if field.type in CHOICES:
        return _number(field, value)
    if field.type is FieldType.MULTI_SELECT:
        return [_number(field, one) for one in value]
    return value if isinstance(value, bool | str) else str(value)


def _number(field: CustomField, key: str) -> str:
    """The number of an option, by which Deskie knows it; the key of one that is gone."""
    return next((str(one.id) for one in field.options if one.key == key), key)


def read_fields(level: FieldLevel, given: Mapping[str, Any]) -> Json:
    """What is to be said in which field, by its key. An empty text empties a field. Raises Invalid."""
    return {field.key: _kept(field, given[name]) for name, field in fields_called(given, level).items()}


def _kept(field: CustomField, value: Any) -> Any:
    """What the field keeps of a value. Raises Invalid, naming the field as Deskie does."""
    try:
        return kept_in(field, read_value(field, value))
    except ValueError as error:
        raise Invalid(f"cf_{field.id}: {error}", field=FIELD) from None


def fields_called(names: Iterable[str], *levels: FieldLevel) -> dict[str, CustomField]:
    """The fields of these levels that are called so. Raises Invalid for a name that none of them has."""
    numbers = {name: int(match[1]) if (match := NAME.fullmatch(name)) else 0 for name in names}
    known: dict[int, CustomField] = {}
    for level in levels:
        known |= fields_numbered(level, list(numbers.values()))
    for name, number in numbers.items():
        if number not in known:
            kind = f"{levels[0]} field" if len(levels) == 1 else "field"
            raise Invalid(f"There is no {kind} {name}. GET /api/custom_fields.json lists them.", field=FIELD)
    return {name: known[number] for name, number in numbers.items()}


def asked_fields(given: Mapping[str, Any], *levels: FieldLevel) -> list[tuple[CustomField, list[Any]]]:
    """What a list asks to be said in which field of these levels. Raises Invalid."""
    return [(field, _asked_of(field, values_of(given[name]))) for name, field in fields_called(given, *levels).items()]


def _asked_of(field: CustomField, values: list[Any]) -> list[Any]:
    if not 0 < len(values) <= MOST_VALUES:
        raise Invalid(f"cf_{field.id} must have 1 to {MOST_VALUES} values.", field=FIELD)
    if not all(isinstance(one, str) and one for one in values):
        raise Invalid(f"cf_{field.id} must not be empty.", field=FIELD)
    return [_asked(field, one) for one in values]


def _asked(field: CustomField, value: str) -> Any:
    """Free texts are searched by pieces, all else by what is said."""
    if field.type in FREE_TEXTS:
        return piece_of(value.strip())
    if field.type in FLAGS:
        return str(_flag(field, value)).lower()
    return _key(field, value) if field.options else value


def read_value(field: CustomField, value: Any) -> Any:
    """A value of Deskie's as the field would say it; None for an empty text. Raises Invalid."""
    if field.type in FLAGS:
        return _flag(field, value)
    if value is None or value == "":
        return None
    if field.type in CHOICES:
        return _key(field, value)
    if field.type is FieldType.MULTI_SELECT:
        return [_key(field, one) for one in values_of(value)]
    return _plain(field, value)


def _flag(field: CustomField, value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in TRUE | FALSE:
        raise Invalid(f"cf_{field.id} must be true or false.", field=FIELD)
    return text in TRUE


def _key(field: CustomField, value: Any) -> str:
    """The key of an option that is named by its number, or by the key itself."""
    for one in field.options:
        if str(value) in {str(one.id), one.key}:
            return one.key
    known = ", ".join(f"{one.id} ({one.title})" for one in field.options)
    raise Invalid(f"cf_{field.id} must be one of these: {known}.", field=FIELD)


def _plain(field: CustomField, value: Any) -> Any:
    """Numbers come as texts in a form."""
    if not isinstance(value, str | int | float):
        raise Invalid(f"cf_{field.id} must be a text or a number.", field=FIELD)
    try:
        return READ[field.type](str(value)) if field.type in READ else str(value)
    except ValueError:
        raise Invalid(f"cf_{field.id} must be a number.", field=FIELD) from None
