"""The messages of cases, as what posts are made of."""

from app.api.kayako.along import along
from app.api.kayako.envelope import One
from app.api.kayako.finding import case_at, number_in, one_at
from app.api.kayako.paging import Along
from app.api.kayako.post_filters import ORIGINALS
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.written import MESSAGE
from app.cases.models import PostKind
from app.cases.posts import post_numbered
from app.people.access import Act


@route("/cases/<case>/messages", "GET", Act.READ_CASES, asks=Along, shows=MESSAGE, many=True)
def index(case: str, asked: Json) -> Answer:
    """The messages of a case, the latest first."""
    return along(case_at(case), [ORIGINALS["CASE_MESSAGE"]], asked, MESSAGE)


@route("/cases/<case>/messages/<message>", "GET", Act.READ_CASES, shows=MESSAGE)
def of_case(case: str, message: str) -> Answer:
    """One message of a case."""
    return One(MESSAGE, post_numbered(case_at(case), number_in(message), PostKind.MESSAGE))


@route("/cases/messages/<message>", "GET", Act.READ_CASES, shows=MESSAGE)
@route("/messages/<message>", "GET", Act.READ_CASES, shows=MESSAGE)
def show(message: str) -> Answer:
    """One message, of whatever case."""
    return one_at(MESSAGE, message)
