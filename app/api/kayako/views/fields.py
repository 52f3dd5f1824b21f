"""Fields on Kayako's wire: those that every case has, the operator's own, and what is said in these."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from uuid import UUID, uuid5

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text, things
from app.api.kayako.system_fields import SYSTEM_FIELDS, SystemField
from app.api.kayako.views.locales import translated
from app.cases.custom_fields import CustomField, CustomFieldOption, FieldLevel, FieldType
from app.cases.field_definitions import fields_at, fields_numbered

NAMESPACE = UUID("0b0f2d0c-3a55-5d4e-8a6e-5d0f43f3b0c1")
TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: "TEXT",
    FieldType.TEXTAREA: "TEXTAREA",
    FieldType.NUMBER: "NUMERIC",
    FieldType.DECIMAL: "DECIMAL",
    FieldType.DATE: "DATE",
    FieldType.YES_NO: "YESNO",
    FieldType.CHECKBOX: "YESNO",
    FieldType.RADIO: "RADIO",
    FieldType.SELECT: "SELECT",
    FieldType.MULTI_SELECT: "CHECKBOX",
    FieldType.CASCADING: "CASCADINGSELECT",
    FieldType.REGEX: "REGEX",
    FieldType.FILE: "FILE",
}
KINDS = {FieldLevel.CASE: "case", FieldLevel.PERSON: "user", FieldLevel.ORGANIZATION: "organization"}
AnyField = CustomField | SystemField


class FieldShape(Shape):
    """A field."""

    id = a_number()
    fielduuid = a_text()
    title = a_text()
    type = a_text("Such as SUBJECT or STATUS of what every case has; of others TEXT, SELECT, DATE and so on.")
    key = a_text()
    is_required_for_agents = a_flag()
    is_required_on_resolution = a_flag()
    is_visible_to_customers = a_flag()
    customer_titles = things()
    is_customer_editable = a_flag()
    is_required_for_customers = a_flag()
    descriptions = things()
    regular_expression = a_text(none=True)
    sort_order = a_number()
    is_enabled = a_flag()
    is_system = a_flag()
    options = things()
    created_at = a_moment()
    updated_at = a_moment()


class OptionShape(Shape):
    """One of the choices of a field."""

    id = a_number()
    fielduuid = a_text()
    values = things()
    tag = a_text()
    sort_order = a_number()
    created_at = a_moment()
    updated_at = a_moment()


def every_field() -> list[AnyField]:
    """What every case has, and behind it the operator's own fields."""
    return [*SYSTEM_FIELDS, *fields_at(FieldLevel.CASE)]


def field_ref(field: AnyField) -> Ref:
    """A reference to a field, which is at hand."""
    level = field.level if isinstance(field, CustomField) else FieldLevel.CASE
    return Ref(f"{KINDS[level]}_field", field.id, row=field)


def option_ref(option: CustomFieldOption) -> Ref:
    """A reference to one of the choices, likewise."""
    return Ref("field_option", option.id, row=option)


def _uuid(kind: str, number: int) -> str:
    return str(uuid5(NAMESPACE, f"{kind}:{number}"))


def _fields(rows: Sequence[AnyField], _optional: Collection[str]) -> list[Json]:
    return [_own(one) if isinstance(one, CustomField) else _system(one) for one in rows]


def _own(field: CustomField) -> Json:
    return {
        **_field(field, field.title, TYPES[field.type], field.key),
        "is_required_for_agents": field.required,
        "is_visible_to_customers": field.visible_to_customers,
        "regular_expression": field.pattern,
        "sort_order": field.sort_order,
        "is_enabled": field.disabled_at is None,
        "options": [option_ref(one) for one in field.options],
        "created_at": field.created_at,
        "updated_at": field.created_at,
    }


def _system(field: SystemField) -> Json:
    needed = field.kind in {"SUBJECT", "MESSAGE"}
    return {
        **_field(field, field.title, field.kind, field.kind.lower()),
        "is_required_for_agents": needed,
        "is_visible_to_customers": needed,
        "sort_order": field.number,
        "is_system": True,
    }


def _field(field: AnyField, title: str, kind: str, key: str) -> Json:
    """What is the same for every field, or is not asked of any here."""
    return {
        "id": field.id,
        "fielduuid": _uuid("field", field.id),
        "title": title,
        "type": kind,
        "key": key,
        "is_required_for_agents": False,
        "is_required_on_resolution": False,
        "is_visible_to_customers": False,
        "customer_titles": translated(f"field:{field.id}", title),
        "is_customer_editable": False,
        "is_required_for_customers": False,
        "descriptions": [],
        "regular_expression": None,
        "sort_order": 0,
        "is_enabled": True,
        "is_system": False,
        "options": [],
        "created_at": None,
        "updated_at": None,
    }


def _options(rows: Sequence[CustomFieldOption], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "fielduuid": _uuid("option", one.id),
            "values": translated(f"option:{one.id}", one.title),
            "tag": one.key,
            "sort_order": one.sort_order,
            "created_at": None,
            "updated_at": None,
        }
        for one in rows
    ]


def _loaded(ids: Collection[int]) -> Mapping[int, AnyField]:
    system = {one.id: one for one in SYSTEM_FIELDS if one.id in ids}
    own = [one for one in ids if one not in system]
    return {**system, **(fields_numbered(FieldLevel.CASE, own) if own else {})}


FIELD = Resource("case_field", FieldShape, _fields, _loaded, path="cases/fields/{}")
OPTION = Resource("field_option", OptionShape, _options)
USER_FIELD = Resource(
    "user_field", FieldShape, _fields, partial(fields_numbered, FieldLevel.PERSON), path="users/fields/{}"
)
ORGANIZATION_FIELD = Resource(
    "organization_field",
    FieldShape,
    _fields,
    partial(fields_numbered, FieldLevel.ORGANIZATION),
    path="organizations/fields/{}",
)
