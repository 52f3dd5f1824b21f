"""Macros: canned answers."""

from app.api.auth import caller
from app.api.kayako.finding import one_at
from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.macros import MACRO
from app.cases.canned_answers import answers_for
from app.people.access import Act


@route("/cases/macros", "GET", Act.READ_CASES, asks=Paged, shows=MACRO, many=True)
def index(asked: Json) -> Answer:
    """The canned answers of the team, and one's own, by their titles."""
    return few(MACRO, answers_for(caller().person), asked)


@route("/cases/macros/<macro>", "GET", Act.READ_CASES, shows=MACRO)
def show(macro: str) -> Answer:
    """One canned answer."""
    return one_at(MACRO, macro)
