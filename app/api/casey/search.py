"""Searching."""

from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.search import Searched
from app.api.casey.views.search import HitAnswer, hit_view
from app.api.casey.views.shapes import page_of
from app.cases.search import search
from app.people.access import Act


@route("/search", "GET", Act.READ_CASES, asks=Searched, answers=page_of(HitAnswer))
def find(asked: Json) -> Answer:
    """What has all these words, the newest first."""
    found = search(asked["q"], asked["places"], asked["state"], limit=asked["limit"], cursor=asked["cursor"])
    return {"items": [hit_view(one) for one in found.hits], "next": found.next}
