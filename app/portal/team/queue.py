"""The queue: the cases the team looks after, by filters or by what is searched for."""

from typing import Any

from flask import Blueprint, Response, request

from app.cases.filter_counts import counts_up_to
from app.cases.filters import BUILT_IN, filter_by_key
from app.cases.models import State
from app.cases.queue import filters_in_queue, queue_page
from app.cases.search import Page, Place, search
from app.errors import Invalid, NotFound
from app.feed.reading import settled
from app.people.access import Act
from app.portal.live import live
from app.portal.team.pages import team_page
from app.portal.team.session import guard, member
from app.text import storable

COUNTED = 999
PLACES = (Place.SUBJECTS, Place.MESSAGES, Place.NOTES)
FOUND = 30

bp = Blueprint("queue", __name__, url_prefix="/team")
guard(bp, Act.READ_CASES)


@bp.get("")
def queue() -> Response:
    """The cases of a filter, or with ``q`` what has these words."""
    text = storable(request.args.get("q", "")).strip()
    return _found(text) if text else _filtered(request.args.get("filter", "open"))


def _filtered(key: str) -> Response:
    me, fresh = member(), live("/team", settled)
    chosen, gone = BUILT_IN["open"], False
    try:
        chosen = filter_by_key(key, for_=me)  # type: ignore[assignment]
        found = queue_page(chosen, reader=me, cursor=request.args.get("cursor"))
    except (NotFound, Invalid):  # it was removed, or can be asked no longer
        found, gone = queue_page(BUILT_IN["open"], reader=me, cursor=None), True
    filters = filters_in_queue(me)
    counts = zip(filters, counts_up_to(COUNTED, filters, me=me), strict=True)
    shown: dict[str, Any] = {"chosen": chosen, "found": found, "gone": gone, "text": ""}
    return team_page("queue.html", filters=[*counts], counted=COUNTED, live=fresh, **shown)


def _found(text: str) -> Response:
    hits, wrong = Page([], None), None
    try:
        hits = search(text, PLACES, [State.ACTIVE], limit=FOUND, cursor=request.args.get("cursor"))
    except Invalid as error:
        wrong = error.message
    return team_page("search.html", text=text, hits=hits.hits, next=hits.next, wrong=wrong)
