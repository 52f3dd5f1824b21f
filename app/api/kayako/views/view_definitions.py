"""By what views are sorted and narrowed, on Kayako's wire: what the native list of cases can be asked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from marshmallow import fields

from app.api.kayako.resources import Json, Resource, Shape, a_text
from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_definitions import fields_at
from app.cases.lists import CASES
from app.cases.models import Priority, State, Status
from app.cases.named_filters import FIELD, META
from app.cases.statuses import statuses
from app.config import settings

STRING, OPTIONS, BOOLEAN, NUMERIC, COLLECTION = "STRING", "OPTIONS", "BOOLEAN", "NUMERIC", "COLLECTION"
FLOAT, TAGS, DATE, AUTOCOMPLETE = "FLOAT", "TAGS", "DATE_ABSOLUTE", "AUTOCOMPLETE"
EQUAL, OTHER = "comparison_equalto", "comparison_not_equalto"
# By how a value is put in: what can be said of it, beside that it is this or is not.
OPERATORS: Mapping[str, Sequence[str]] = {
    FLOAT: (EQUAL, OTHER, "comparison_greaterthan_or_equalto", "comparison_lessthan_or_equalto"),
    TAGS: ("collection_contains_any_insensitive", "collection_does_not_contain_insensitive"),
    DATE: ("date_after_or_on", "date_before_or_on"),
}
INPUTS: Mapping[str, str] = {
    "tag": TAGS,
    **dict.fromkeys(("creator", "requester", "assignee", "team", "organization"), AUTOCOMPLETE),
    **dict.fromkeys(("created_at", "updated_at", "closed_at", "last_post_at"), DATE),
}
INPUTS_OF_FIELDS: Mapping[FieldType, str] = {
    **dict.fromkeys((FieldType.NUMBER, FieldType.DECIMAL), FLOAT),
    **dict.fromkeys((FieldType.CHECKBOX, FieldType.YES_NO), BOOLEAN),
    **dict.fromkeys((FieldType.RADIO, FieldType.SELECT, FieldType.MULTI_SELECT, FieldType.CASCADING), OPTIONS),
    FieldType.DATE: DATE,
}
KINDS: Mapping[str, str] = {FLOAT: NUMERIC, TAGS: COLLECTION, AUTOCOMPLETE: STRING, OPTIONS: STRING}
WORDS: Mapping[str, type[StrEnum]] = {"state": State, "status": Status, "priority": Priority}


@dataclass(frozen=True)
class Definition:
    """Something that cases are narrowed by: its name, its help, and the values there are, by what stands for each."""

    name: str
    label: str
    help: str
    input: str = STRING
    values: Mapping[str, str] = field(default_factory=dict)


class ColumnShape(Shape):
    """What cases are sorted by."""

    name = a_text("As order_by_column of a view has it.")
    label = a_text()


class DefinitionShape(Shape):
    """What cases are narrowed by."""

    label = a_text()
    field = a_text("The parameter of the native list of cases.")
    type = a_text("NUMERIC, STRING, BOOLEAN, COLLECTION or DATE_ABSOLUTE.")
    sub_type = a_text()
    group = a_text()
    description = a_text()
    input_type = a_text("FLOAT, STRING, BOOLEAN, OPTIONS, TAGS, DATE_ABSOLUTE or AUTOCOMPLETE.")
    operators = fields.List(fields.String())
    values = fields.Raw(metadata={"description": "Of OPTIONS, what stands for each value; else an empty text."})


def columns() -> list[str]:
    """What the list of cases can be sorted by."""
    return [*CASES.sorts]


def definitions() -> list[Definition]:
    """What the list of cases can be narrowed by: what every case has, and what is the operator's own."""
    return [*_of_every_case(), *map(_of_field, fields_at(FieldLevel.CASE)), *map(_of_meta, _metas())]


def _of_every_case() -> Iterator[Definition]:
    for name, one in CASES.filters.items():
        values = _values(name)
        yield Definition(name, _label(name), one.help, OPTIONS if values else INPUTS.get(name, STRING), values)


def _values(name: str) -> Mapping[str, str]:
    if name == "custom_status":
        return {one.label: one.label for one in statuses()}
    return {word: _label(word) for word in WORDS.get(name, ())}


def _of_field(own: CustomField) -> Definition:
    values = {one.key: one.title for one in own.options}
    return Definition(f"field.{own.key}", own.title, FIELD, INPUTS_OF_FIELDS.get(own.type, STRING), values)


def _of_meta(key: str) -> Definition:
    return Definition(f"meta.{key}", _label(key), META)


def _metas() -> Collection[str]:
    return settings().case_meta_filters


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _columns(names: Sequence[str], _optional: Collection[str]) -> list[Json]:
    return [{"name": one, "label": _label(one)} for one in names]


def _definitions(rows: Sequence[Definition], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "label": one.label,
            "field": one.name,
            "type": KINDS.get(one.input, one.input),
            "sub_type": FLOAT if one.input == FLOAT else "",
            "group": "CASES",
            "description": one.help,
            "input_type": one.input,
            "operators": [*OPERATORS.get(one.input, (EQUAL, OTHER))],
            "values": dict(one.values) if one.input == OPTIONS else "",
        }
        for one in rows
    ]


COLUMN = Resource("column", ColumnShape, _columns)
DEFINITION = Resource("definition", DefinitionShape, _definitions)
