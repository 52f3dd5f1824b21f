"""What customers thought of cases and messages."""

from collections.abc import Callable
from uuid import UUID

from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.ratings import NewRating
from app.api.casey.views.ratings import RatingAnswer, rating_view
from app.cases.models import PostKind
from app.cases.posts import post_in
from app.cases.queries import case_for_change
from app.cases.ratings import Rating, rate_case, rate_message
from app.errors import Forbidden, Invalid
from app.people.access import Act
from app.people.models import Person
from app.people.persons import known_person


@route("/cases/<uuid:uuid>/ratings", "POST", Act.WRITE_CASES, takes=NewRating, answers=RatingAnswer, status=201)
def of_case(uuid: UUID, new: Json) -> Answer:
    """Rate a case for a customer in it. Rating it again replaces what he said before."""
    case = case_for_change(uuid)
    return _given(lambda: rate_case(case, new["score"], by=_rater(new), comment=new["comment"]))


@route(
    "/cases/<uuid:uuid>/messages/<uuid:message>/ratings",
    "POST",
    Act.WRITE_CASES,
    takes=NewRating,
    answers=RatingAnswer,
    status=201,
)
def of_message(uuid: UUID, message: UUID, new: Json) -> Answer:
    """Rate a message of the team, likewise."""
    post = post_in(case_for_change(uuid), message, PostKind.MESSAGE)
    return _given(lambda: rate_message(post, new["score"], by=_rater(new), comment=new["comment"]))


def _rater(new: Json) -> Person:
    return known_person(new["sender"], field="from")


def _given(rate: Callable[[], Rating]) -> Json:
    """The rating. Raises Invalid where it is not his to give."""
    try:
        return rating_view(rate())
    except Forbidden as error:
        raise Invalid(error.message, field="from") from None
