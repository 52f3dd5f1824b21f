"""Views: saved filters of cases, and what they find."""

from app.api.auth import caller
from app.api.kayako.envelope import Many
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.selecting import paged
from app.api.kayako.views.cases import CASE
from app.api.kayako.views.counts import COUNT
from app.api.kayako.views.definitions import DEFINITION
from app.api.kayako.views.view_definitions import COLUMN, columns, definitions
from app.api.kayako.views.views import VIEW, every_view
from app.cases.filters import filtered
from app.cases.selection import Selection
from app.people.access import Act


@route("/views", "GET", Act.READ_CASES, asks=Paged, shows=VIEW, many=True)
def index(asked: Json) -> Answer:
    """The filters that come with Casey, the caller's own, and those that the team shares."""
    return few(VIEW, [*every_view().values()], asked)


@route("/views/counts", "GET", Act.READ_CASES, shows=COUNT, many=True)
def counts() -> Answer:
    """How many cases each view finds."""
    found = [*every_view().items()]
    return Many(COUNT, found, len(found))


@route("/views/columns", "GET", Act.READ_CASES, asks=Paged, shows=COLUMN, many=True)
def column_index(asked: Json) -> Answer:
    """What the cases of a view can be sorted by."""
    return few(COLUMN, columns(), asked)


@route("/views/definitions", "GET", Act.READ_CASES, asks=Paged, shows=DEFINITION, many=True)
def definition_index(asked: Json) -> Answer:
    """What the cases of a view can be narrowed by."""
    return few(DEFINITION, definitions(), asked)


@route("/views/<view>", "GET", Act.READ_CASES, shows=VIEW)
def show(view: str) -> Answer:
    """One view."""
    return one_at(VIEW, view)


@route("/views/<view>/cases", "GET", Act.READ_CASES, asks=Paged, shows=CASE, many=True)
def cases(view: str, asked: Json) -> Answer:
    """The cases that a view finds, those that changed last first."""
    found = filtered(found_at(VIEW, view), me=caller().person)
    return paged(Selection(found), asked)
