"""What happened to a case besides what was written on it."""

from app.api.kayako.along import along
from app.api.kayako.finding import case_at
from app.api.kayako.paging import Along
from app.api.kayako.post_filters import ACTIVITIES
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.activities import ACTIVITY
from app.people.access import Act


@route("/cases/<case>/activities", "GET", Act.READ_CASES, asks=Along, shows=ACTIVITY, many=True)
def index(case: str, asked: Json) -> Answer:
    """What happened to a case, the latest first."""
    return along(case_at(case), [ACTIVITIES], asked, ACTIVITY)
