"""Types of cases, which may be read by anybody."""

from app.api.kayako.envelope import Many
from app.api.kayako.finding import one_at
from app.api.kayako.routing import PUBLIC, Answer, route
from app.api.kayako.views.types import TYPE
from app.cases.types import types


@route("/cases/types", "GET", PUBLIC, shows=TYPE, many=True)
def index() -> Answer:
    """Every type."""
    found = types()
    return Many(TYPE, found, len(found))


@route("/cases/types/<type>", "GET", PUBLIC, shows=TYPE)
def show(type: str) -> Answer:
    """One type."""
    return one_at(TYPE, type)
