"""Replies: something written on a case, and what is said of the case with it."""

from app.api.kayako.envelope import One
from app.api.kayako.finding import case_to_change, person_calling
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.replies import NewReply
from app.api.kayako.views.case_reply import REPLY
from app.api.kayako.writing import replied
from app.people.access import Act


@route("/cases/<case>/reply", "POST", Act.WRITE_CASES, takes=NewReply, shows=REPLY, status=201)
def create(case: str, new: Json) -> Answer:
    """Answer a case, which is mailed to all in it, or put a note on it; and change it in one go."""
    return One(REPLY, replied(case_to_change(case), new, by=person_calling()))
