"""Types of cases on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_moment, a_number, a_text
from app.cases.types import EVERYWHERE, CaseType, types_numbered


class TypeShape(Shape):
    """A type."""

    id = a_number()
    label = a_text()
    type = a_text("QUESTION, TASK, PROBLEM, INCIDENT or CUSTOM.")
    created_at = a_moment()
    updated_at = a_moment()


def type_ref(type: CaseType | None) -> Ref | None:
    """A reference to a type, which is at hand."""
    return Ref("case_type", type.id, row=type) if type else None


def _types(rows: Sequence[CaseType], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "label": one.word.capitalize(),
            "type": one.word.upper() if one.word in EVERYWHERE else "CUSTOM",
            "created_at": one.created_at,
            "updated_at": one.created_at,
        }
        for one in rows
    ]


TYPE = Resource("case_type", TypeShape, _types, types_numbered, path="cases/types/{}")
