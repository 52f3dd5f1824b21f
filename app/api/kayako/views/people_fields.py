"""The operator's own fields of users and organizations on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from marshmallow import fields

from app.api.kayako.resources import Json, Resource, Shape, a_flag, a_moment, a_number, a_text
from app.api.kayako.schemas.fields import told
from app.cases.custom_fields import CustomField, CustomFieldOption, FieldLevel, FieldType
from app.cases.field_definitions import fields_numbered

# What the vendor calls otherwise. A checkbox is one that is ticked or not; several that can be ticked are its CHECKBOX.
TYPES: Mapping[FieldType, str] = {
    FieldType.NUMBER: "NUMERIC",
    FieldType.CHECKBOX: "YESNO",
    FieldType.YES_NO: "YESNO",
    FieldType.MULTI_SELECT: "CHECKBOX",
    FieldType.CASCADING: "CASCADINGSELECT",
}


LOCALE = "en-us"


class FieldShape(Shape):
    """A field of the operator's."""

    id = a_number()
    fielduuid = a_text(none=True)
    title = a_text()
    type = a_text("TEXT, TEXTAREA, CHECKBOX, RADIO, SELECT, DATE, FILE, NUMERIC, DECIMAL, YESNO, ...")
    key = a_text()
    is_visible_to_customers = a_flag()
    customer_titles = fields.List(fields.Dict())
    is_customer_editable = a_flag()
    is_required_for_customers = a_flag()
    descriptions = fields.List(fields.Dict())
    regular_expression = a_text(none=True)
    sort_order = a_number()
    is_enabled = a_flag()
    is_system = a_flag()
    options = fields.List(fields.Dict())
    created_at = a_moment()
    updated_at = a_moment()


def _fields(rows: Sequence[CustomField], _optional: Collection[str]) -> list[Json]:
    return [_field(one) for one in rows]


def _field(field: CustomField) -> Json:
    return {
        "id": field.id,
        "fielduuid": None,
        "title": field.title,
        "type": TYPES.get(field.type, field.type.upper()),
        "key": field.key,
        "is_visible_to_customers": field.visible_to_customers,
        "customer_titles": [_in_the_language(field.title)],
        "is_customer_editable": False,
        "is_required_for_customers": field.required,
        "descriptions": [],
        "regular_expression": field.pattern,
        "sort_order": field.sort_order,
        "is_enabled": field.disabled_at is None,
        "is_system": False,
        "options": [_option(one) for one in field.options],
        "created_at": told(field.created_at),
        "updated_at": told(field.created_at),
    }


def _option(option: CustomFieldOption) -> Json:
    return {
        "id": option.id,
        "fielduuid": None,
        "values": [_in_the_language(option.title)],
        "tag": option.key,
        "sort_order": option.sort_order,
        "resource_type": "field_option",
    }


def _in_the_language(text: str) -> Json:
    """A text in the one language that Casey keeps it in."""
    return {"locale": LOCALE, "translation": text, "resource_type": "locale_field"}


USER_FIELD = Resource(
    "user_field", FieldShape, _fields, lambda ids: fields_numbered(FieldLevel.PERSON, [*ids]), path="users/fields/{}"
)
ORGANIZATION_FIELD = Resource(
    "organization_field",
    FieldShape,
    _fields,
    lambda ids: fields_numbered(FieldLevel.ORGANIZATION, [*ids]),
    path="organizations/fields/{}",
)
