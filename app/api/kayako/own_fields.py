"""Reading what is to be said in the operator's own fields: values are texts, and an option may stand by its number."""

from collections.abc import Mapping
from typing import Any

from app.api.brackets import values_of
from app.api.kayako.resources import Json
from app.api.kayako.views.field_values import CHOICES, FLAGS
from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_definitions import fields_keyed
from app.errors import Invalid

TRUE, FALSE = {"true", "1", "yes", "on"}, {"false", "0", "no", "off", ""}


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
