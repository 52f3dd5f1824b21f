"""How far somebody has read a case. Looking at a case changes nothing of it: it is said by a call of its own."""

from uuid import UUID

from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.reading import Read, ReadAsked
from app.api.casey.views.reading import ReadAnswer, read_view
from app.cases.models import Case
from app.cases.posts import latest_post, post_by_uuid
from app.cases.queries import case_by_uuid
from app.cases.read_markers import mark_read
from app.people.access import Act
from app.people.persons import known_person

READ = "/cases/<uuid:uuid>/read"


@route(READ, "GET", Act.READ_CASES, asks=ReadAsked, answers=ReadAnswer)
def show(uuid: UUID, asked: Json) -> Answer:
    """How far somebody has read a case."""
    return read_view(case_by_uuid(uuid), known_person(asked["sender"], field="from"))


@route(READ, "POST", Act.WRITE_CASES, takes=Read, answers=ReadAnswer)
def mark(uuid: UUID, new: Json) -> Answer:
    """Say that he has read it, as far as to a message or note, or all of it."""
    case, reader = case_by_uuid(uuid), known_person(new["sender"], field="from")
    mark_read(case, _place(case, new.get("post")), by=reader)
    return read_view(case, reader)


def _place(case: Case, post: UUID | None) -> int:
    found = post_by_uuid(case, post) if post else latest_post(case)
    return found.id if found else 0
