"""Live updates of the team's pages: of the queue, and of a case.

A page that looks by itself is no use of a session, which would never end before an open browser otherwise.
"""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, request

from app.cases.queries import case_by_uuid
from app.errors import Forbidden, Unauthorized
from app.feed.following import Followed, mark_of_case
from app.feed.reading import settled
from app.people.access import Act, can
from app.people.models import Person
from app.people.sessions import live_session
from app.portal.live import stream
from app.portal.places import FOR_TEAM
from app.portal.team.session import COOKIE

bp = Blueprint("team_live", __name__, url_prefix="/team")


@bp.get("/live")
def of_queue() -> Response:
    """Whether anything has happened."""
    reader = _reader_of(request.cookies.get(COOKIE, ""))
    return stream(Followed(None, settled, reader), FOR_TEAM, reader())


@bp.get("/cases/<uuid:uuid>/live")
def of_case(uuid: UUID) -> Response:
    """Whether anything has happened to a case."""
    reader = _reader_of(request.cookies.get(COOKIE, ""))
    me, case_id = reader(), case_by_uuid(uuid).id
    return stream(Followed(case_id, lambda: mark_of_case(case_id, reader()), reader), FOR_TEAM, me)


def _reader_of(secret: str) -> Callable[[], Person]:
    """Says who is signed in. Raises Unauthorized when nobody is any more, Forbidden when he may not read cases."""

    def reader() -> Person:
        session = live_session(secret)
        if session is None:
            raise Unauthorized("Please sign in first.")
        if not can(session.person.role, Act.READ_CASES):
            raise Forbidden("This page needs more rights than you have. Please ask whoever runs Casey here.")
        return session.person

    return reader
