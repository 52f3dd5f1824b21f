"""Filters of cases on Deskie's wire."""

from marshmallow import fields

from app.api.deskie.views.shapes import Json, Shape, a_flag, a_text, list_of
from app.cases.filters import BuiltIn, SavedFilter

SELECTED = "open"


class FilterShape(Shape):
    """A filter of cases."""

    filter_id = fields.Raw(required=True, metadata={"description": "A word, or the number of a saved one."})
    filter_name = a_text()
    isSelected = a_flag()  # noqa: N815 - the vendor's
    isCustom = a_flag()  # noqa: N815 - the vendor's


Filters = list_of("filter", FilterShape)


def filter_row(found: SavedFilter | BuiltIn) -> Json:
    """A filter, by which name or number the list of cases is asked for it."""
    saved = isinstance(found, SavedFilter)
    key = found.id if isinstance(found, SavedFilter) else found.key
    return {"filter_id": key, "filter_name": found.name, "isSelected": key == SELECTED, "isCustom": saved}
