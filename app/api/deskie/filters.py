"""Filters of cases, as the staff member who asks has them."""

from app.api.auth import caller
from app.api.deskie.routing import Answer, route
from app.api.deskie.views.filters import Filters, filter_row
from app.api.deskie.views.shapes import numbered
from app.cases.filters import BUILT_IN, BuiltIn, SavedFilter, filters_for
from app.people.access import Act


@route("/filters.json", "GET", Act.READ_CASES, answers=Filters)
def index() -> Answer:
    """All filters: those that come with Casey, one's own, and the shared ones."""
    found: list[BuiltIn | SavedFilter] = [*BUILT_IN.values(), *filters_for(caller().person)]
    return numbered("filter", map(filter_row, found), len(found))
