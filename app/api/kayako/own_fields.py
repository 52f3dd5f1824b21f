"""The operator's own fields on Kayako's wire: all values are texts there, and an option stands by its number."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.api.brackets import values_of
from app.api.kayako.resources import Json, Ref
from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_definitions import fields_keyed
from app.errors import Invalid

CHOICES = {FieldType.RADIO, FieldType.SELECT, FieldType.CASCADING}
FLAGS = {FieldType.CHECKBOX: ("1", "0"), FieldType.YES_NO: ("yes", "no")}
TRUE, FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off", ""}


def told_values(said: Sequence[tuple[CustomField, Any]], level: FieldLevel) -> list[Json]:
    """What is said in each field."""
    return [
        {
            "field": Ref(f"{KINDS[level]}_field", field.id, row=field),
            "value": _told(field, value),
            "resource_type": f"{KINDS[level]}_field_value",
        }
        for field, value in said
    ]


KINDS = {FieldLevel.CASE: "case", FieldLevel.PERSON: "user", FieldLevel.ORGANIZATION: "organization"}


def _told(field: CustomField, value: Any) -> str:
    if field.type in FLAGS:
        yes, no = FLAGS[field.type]
        return yes if value else no
    if field.type is FieldType.MULTI_SELECT:
        return ",".join(_number(field, one) for one in value)
    return _number(field, value) if field.type in CHOICES else str(value)


def _number(field: CustomField, key: str) -> str:
    """The number of an option; the key of one that is gone."""
    return next((str(one.id) for one in field.options if one.key == key), key)


def read_values(level: FieldLevel, given: Mapping[str, Any]) -> Json:
    """What is to be said in which field, by its key; nothing empties one. Raises Invalid."""
    known = fields_keyed(level, list(given))
    for key in given:
        if key not in known:
            raise Invalid("There is no field with this key.", field=f"field_values[{key}]")
    return {key: _read(known[key], value) for key, value in given.items()}


def _read(field: CustomField, value: Any) -> Any:
    if field.type in FLAGS:
        return _flag(field, value)
    if value is None or value == "":
        return None
    if field.type in CHOICES:
        return _key(field, value)
    if field.type is FieldType.MULTI_SELECT:
        parts = [part.strip() for one in values_of(value) for part in str(one).split(",")]
        return [_key(field, one) for one in dict.fromkeys(parts) if one]
    return _plain(field, value)


def _flag(field: CustomField, value: Any) -> bool:
    text = str(value if value is not None else "").strip().lower()
    if text not in TRUE | FALSE:
        raise Invalid("This must be true or false.", field=_name(field))
    return text in TRUE


def _key(field: CustomField, value: Any) -> str:
    """The key of an option that is named by its number, by its title or by the key itself."""
    for one in field.options:
        if str(value).strip() in {str(one.id), one.key, one.title}:
            return one.key
    known = ", ".join(f"{one.id} ({one.title})" for one in field.options[:20])
    raise Invalid(f"This must be one of these options: {known}.", field=_name(field))


def _plain(field: CustomField, value: Any) -> Any:
    try:
        if field.type is FieldType.NUMBER:
            return int(str(value))
        if field.type is FieldType.DECIMAL:
            return float(str(value))
    except ValueError:
        raise Invalid("This must be a number.", field=_name(field)) from None
    return value if isinstance(value, str) else str(value)


def _name(field: CustomField) -> str:
    return f"field_values[{field.key}]"
