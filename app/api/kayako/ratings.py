"""Ratings: what customers thought of late."""

from app.api.kayako.listing import few
from app.api.kayako.paging import Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.ratings import RATING
from app.cases.recent_ratings import recent_ratings
from app.people.access import Act


@route("/cases/ratings/recent", "GET", Act.READ_CASES, asks=Paged, shows=RATING, many=True)
def recent(asked: Json) -> Answer:
    """The latest ratings, from the newest back: as far as they are recent."""
    return few(RATING, recent_ratings(), asked)
