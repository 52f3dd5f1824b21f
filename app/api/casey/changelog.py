"""The changelog of a case."""

from uuid import UUID

from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.views.changelog import ChangeAnswer, change_views
from app.api.casey.views.shapes import page, page_of
from app.cases.changelog import events_of
from app.cases.queries import case_by_uuid
from app.people.access import Act


@route("/cases/<uuid:uuid>/changelog", "GET", Act.READ_CASES, asks=Page, answers=page_of(ChangeAnswer))
def index(uuid: UUID, asked: Json) -> Answer:
    """What happened to a case, from its opening on."""
    found = events_of(case_by_uuid(uuid), after=asked["cursor"] or 0, limit=asked["limit"])
    return page(change_views(found), found[-1].sequence if len(found) == asked["limit"] else None)
