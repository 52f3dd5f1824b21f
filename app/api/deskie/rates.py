"""What the user of a case thought of it, or of a message, given in his name."""

from app.api.deskie.finding import case_to_change, staff_numbered
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.rates import CaseRate, Rate
from app.api.deskie.views.cases import OneCase, one_case
from app.api.deskie.views.posts import OneMessage, one_message
from app.api.deskie.writing import post_on
from app.cases.models import PostKind
from app.cases.ratings import Score, rate_case, rate_message
from app.people.access import Act

INSIDE = ("rate",)


@route("/cases/<cases>/rate.json", "PUT", Act.WRITE_CASES, takes=CaseRate, inside=INSIDE, answers=OneCase)
def of_case(cases: str, new: Json) -> Answer:
    """Rate a case, as the work of whoever is named, or else of whoever answers for it."""
    case, whose = case_to_change(cases), new.get("rating_staff_id") or new.get("rated_staff_id")
    rated = staff_numbered(whose, field="rating_staff_id") if whose else None
    rate_case(case, Score(new["rating"]), by=case.requester, comment=new["rating_comment"], rated=rated)
    return one_case(case)


@route("/cases/<cases>/rate/<message>.json", "PUT", Act.WRITE_CASES, takes=Rate, inside=INSIDE, answers=OneMessage)
def of_message(cases: str, message: str, new: Json) -> Answer:
    """Rate a message of the team."""
    post = post_on(case_to_change(cases), message, PostKind.MESSAGE)
    rate_message(post, Score(new["rating"]), by=post.case.requester, comment=new["rating_comment"])
    return one_message(post)
