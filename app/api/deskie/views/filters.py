"""Filters of cases on Deskie's wire."""

from app.api.deskie.views.shapes import Json, Shape, a_number
from app.cases.filters import BuiltIn, SavedFilter

SELECTED = "open"


class Filters(Shape):
    """All filters, with the keys 0, 1 and so on, each in its envelope."""

    total_count = a_number("How many there are.")


def filter_row(found: SavedFilter | BuiltIn) -> Json:
    """A filter, by which name or number the list of cases is asked for it."""
    saved = isinstance(found, SavedFilter)
    key = found.id if isinstance(found, SavedFilter) else found.key
    return {"filter_id": key, "filter_name": found.name, "isSelected": key == SELECTED, "isCustom": saved}
