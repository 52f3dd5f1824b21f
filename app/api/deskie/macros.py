"""Macros: canned answers."""

from app.api.auth import caller
from app.api.deskie.routing import Answer, route
from app.api.deskie.views.macros import Macros, macros_view
from app.cases.canned_answers import answers_for
from app.people.access import Act


@route("/macros.json", "GET", Act.READ_CASES, answers=Macros)
def index() -> Answer:
    """The canned answers of the team, and one's own."""
    return macros_view(answers_for(caller().person))
