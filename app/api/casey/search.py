"""Searching."""

from app.api.auth import caller, check_allowed
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.search import Searched
from app.api.casey.views.search import HitAnswer, hit_view
from app.api.casey.views.shapes import page_of
from app.cases.search import Place, search
from app.people.access import Act


@route("/search", "GET", Act.READ_CASES, asks=Searched, answers=page_of(HitAnswer))
def find(asked: Json) -> Answer:
    """What has all these words, the newest first."""
    found = search(asked["q"], _places(asked["places"]), asked["state"], limit=asked["limit"], cursor=asked["cursor"])
    return {"items": [hit_view(one) for one in found.hits], "next": found.next}


def _places(asked: list[Place] | None) -> list[Place]:
    """Where to look: what was asked for, else all that the caller may see. Raises Forbidden."""
    if asked is None:
        return [place for place in Place if place is not Place.PERSONS or caller().allows(Act.READ_PERSONS)]
    if Place.PERSONS in asked:
        check_allowed(caller(), Act.READ_PERSONS)
    return asked
