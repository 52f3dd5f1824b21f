"""By what views are sorted and narrowed, on Kayako's wire: what the native list of cases can be asked for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from app.api.kayako.resources import Json, Resource, Shape, a_text
from app.api.kayako.views.definitions import (
    AUTOCOMPLETE,
    DATE,
    FLOAT,
    INPUTS_OF_FIELDS,
    OPTIONS,
    STRING,
    TAGS,
    Definition,
)
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.field_definitions import fields_at
from app.cases.lists import CASES
from app.cases.models import Priority, State, Status
from app.cases.named_filters import FIELD, META
from app.cases.statuses import statuses
from app.config import settings

EQUAL, OTHER = "comparison_equalto", "comparison_not_equalto"
# By how a value is put in: what can be said of it, where that is not just that it is this or is not.
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
WORDS: Mapping[str, type[StrEnum]] = {"state": State, "status": Status, "priority": Priority}
GROUP = "CASES"


class ColumnShape(Shape):
    """What cases are sorted by."""

    name = a_text("As order_by_column of a view has it.")
    label = a_text()


def columns() -> list[str]:
    """What the list of cases can be sorted by."""
    return [*CASES.sorts]


def definitions() -> list[Definition]:
    """What the list of cases can be narrowed by: what every case has, and what is the operator's own."""
    metas = (_defined(f"meta.{key}", _label(key), META) for key in settings().case_meta_filters)
    return [*_of_every_case(), *map(_of_field, fields_at(FieldLevel.CASE)), *metas]


def _of_every_case() -> Iterator[Definition]:
    for name, one in CASES.filters.items():
        values = _values(name)
        yield _defined(name, _label(name), one.help, OPTIONS if values else INPUTS.get(name, STRING), values)


def _values(name: str) -> Mapping[str, str]:
    if name == "custom_status":
        return {one.label: one.label for one in statuses()}
    return {str(word): _label(word) for word in WORDS.get(name, ())}


def _of_field(own: CustomField) -> Definition:
    values = {one.key: one.title for one in own.options}
    return _defined(f"field.{own.key}", own.title, FIELD, INPUTS_OF_FIELDS.get(own.type, STRING), values)


def _defined(
    name: str, label: str, help: str, input: str = STRING, values: Mapping[str, str] | None = None
) -> Definition:
    return Definition(name, label, OPERATORS.get(input, (EQUAL, OTHER)), GROUP, input, values or {}, help)


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _columns(names: Sequence[str], _optional: Collection[str]) -> list[Json]:
    return [{"name": one, "label": _label(one)} for one in names]


COLUMN = Resource("column", ColumnShape, _columns)
