"""What is said in the operator's own fields, on Kayako's wire: a text, and an option by its number."""

from collections.abc import Iterable
from typing import Any

from app.api.kayako.resources import Json
from app.api.kayako.views.fields import KINDS, field_ref
from app.cases.custom_fields import CustomField, FieldType

CHOICES = {FieldType.RADIO, FieldType.SELECT, FieldType.CASCADING}
FLAGS = {FieldType.CHECKBOX: ("1", "0"), FieldType.YES_NO: ("yes", "no")}


def told_values(said: Iterable[tuple[CustomField, Any]]) -> list[Json]:
    """What is said in each field: a text, and an option by its number."""
    return [
        {
            "field": field_ref(field),
            "value": _told(field, value),
            "resource_type": f"{KINDS[field.level]}_field_value",
        }
        for field, value in said
    ]


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
