"""By what lists are narrowed, on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from marshmallow import fields

from app.api.kayako.resources import Json, Resource, Shape, a_text
from app.cases.custom_fields import FieldType

STRING, OPTIONS, BOOLEAN, NUMERIC, COLLECTION = "STRING", "OPTIONS", "BOOLEAN", "NUMERIC", "COLLECTION"
FLOAT, TAGS, DATE, AUTOCOMPLETE = "FLOAT", "TAGS", "DATE_ABSOLUTE", "AUTOCOMPLETE"
KINDS: Mapping[str, str] = {FLOAT: NUMERIC, TAGS: COLLECTION, AUTOCOMPLETE: STRING, OPTIONS: STRING}
INPUTS_OF_FIELDS: Mapping[FieldType, str] = {
    **dict.fromkeys((FieldType.NUMBER, FieldType.DECIMAL), FLOAT),
    **dict.fromkeys((FieldType.CHECKBOX, FieldType.YES_NO), BOOLEAN),
    **dict.fromkeys((FieldType.RADIO, FieldType.SELECT, FieldType.MULTI_SELECT, FieldType.CASCADING), OPTIONS),
    FieldType.DATE: DATE,
}


@dataclass(frozen=True)
class Definition:
    """Something that a list is narrowed by: its name, what it is compared by, how a value is put in, and the values
    there are, by what stands for each.
    """

    name: str
    label: str
    operators: Sequence[str]
    group: str
    input: str = STRING
    values: Mapping[str, str] = field(default_factory=dict)
    help: str = ""


class DefinitionShape(Shape):
    """What a list is narrowed by."""

    label = a_text()
    field = a_text()
    type = a_text("NUMERIC, STRING, BOOLEAN, COLLECTION or DATE_ABSOLUTE.")
    sub_type = a_text()
    group = a_text()
    description = a_text()
    input_type = a_text("FLOAT, STRING, BOOLEAN, OPTIONS, TAGS, DATE_ABSOLUTE or AUTOCOMPLETE.")
    operators = fields.List(fields.String())
    values = fields.Raw(metadata={"description": "Of OPTIONS, what stands for each value; else an empty text."})


def _definitions(rows: Sequence[Definition], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "label": one.label,
            "field": one.name,
            "type": KINDS.get(one.input, one.input),
            "sub_type": FLOAT if one.input == FLOAT else "",
            "group": one.group,
            "description": one.help,
            "input_type": one.input,
            "operators": [*one.operators],
            "values": dict(one.values) if one.input == OPTIONS else "",
        }
        for one in rows
    ]


DEFINITION = Resource("definition", DefinitionShape, _definitions)
