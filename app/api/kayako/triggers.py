"""Triggers and monitors, of which there are none."""

from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.triggers import MONITOR, TRIGGER
from app.people.access import Act


@route("/triggers", "GET", Act.READ_CASES, asks=Paged, shows=TRIGGER, many=True, scope="configuration")
def triggers(asked: Json) -> Answer:
    """The rules of the operator's own that follow an event."""
    return few(TRIGGER, [], asked)


@route("/monitors", "GET", Act.READ_CASES, asks=Paged, shows=MONITOR, many=True, scope="configuration")
def monitors(asked: Json) -> Answer:
    """The rules of the operator's own that follow the clock."""
    return few(MONITOR, [], asked)
