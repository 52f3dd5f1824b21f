"""Who is in a case."""

from app.api.kayako.envelope import Many
from app.api.kayako.finding import case_at
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.users import USER
from app.api.lenient import flag
from app.cases.participation import being_in
from app.people.access import Act
from app.people.everybody import everybody


class ParticipantsAsked(Paged):
    """Query of GET /cases/{case}/participants."""

    exclude_requester = flag(load_default=False)


@route("/cases/<case>/participants", "GET", Act.READ_CASES, asks=ParticipantsAsked, shows=USER, many=True)
def index(case: str, asked: Json) -> Answer:
    """The users who are in a case now, from the newest back."""
    found, page = case_at(case), Offset.asked(asked)
    but = [found.requester_id] if asked["exclude_requester"] else []
    people = everybody([being_in(found, but=but)], page)
    return Many(USER, people.rows, people.total, page)
