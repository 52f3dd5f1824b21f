"""Live updates: a stream that says *that* a page has changed, so that the page fetches itself anew.

Nothing of what there is to see goes through it: who may see what is decided in one place, where the page is made.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, current_app, request

from app.cases.links import Link, check_alive
from app.cases.models import Case
from app.errors import Busy, CaseyError, Gone
from app.extensions import db
from app.feed.following import Followed, mark_of_case, marks
from app.feed.hearing import Deaf, ear
from app.feed.waiting import stopping
from app.people.models import Person
from app.portal.arriving import link_to
from app.portal.places import FOR_CUSTOMERS, Places
from app.portal.plugs import Plug

LASTING = 10 * 60.0
RETRY = "retry: 3000\n\n"
HEARTBEAT = ": still here\n\n"
OVER = "event: over\ndata: over\n\n"
AWAY = "Pages cannot be kept up to date by themselves at the moment. Please look again later."

bp = Blueprint("live", __name__)


@dataclass(frozen=True)
class Live:
    """What a page needs to know to keep itself up to date: where it is, its stream, and the mark it was made at."""

    page: str
    mark: int

    @property
    def stream(self) -> str:
        return f"{self.page}/live"


def live(page: str, mark: Callable[[], int]) -> Live | None:
    """For a page that is going to be made; None where there is no store that could tell of changes."""
    return Live(page, mark()) if ear() else None


def live_case(page: str, case: Case, reader: Person) -> Live | None:
    """The same for a page of a case."""
    return live(page, lambda: mark_of_case(case.id, reader))


@bp.get("/cases/<uuid:uuid>/live")
def of_case(uuid: UUID) -> Response:
    """Whether the page of a case has changed, for whoever holds its link."""
    link = link_to(uuid)
    link_id, case_id = link.id, link.case_id
    mark = lambda: mark_of_case(case_id, db.session.get_one(Link, link_id).person)  # noqa: E731
    return stream(Followed(case_id, mark, lambda: _check(link_id)), FOR_CUSTOMERS, link.person)


def _check(link_id: int) -> None:
    """Raises Gone when a link opens nothing any more."""
    link = db.session.get(Link, link_id)
    if link is None:
        raise Gone("This link has expired.")
    check_alive(link)


def stream(followed: Followed, places: Places, reader: Person) -> Response:
    """The marks of what is followed, as server-sent events; 503 where there is no place, or no store to listen to."""
    answer = Response(content_type="text/event-stream; charset=utf-8")
    answer.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"})
    if request.method == "HEAD":
        return answer
    try:
        answer.call_on_close(places.take(reader.id))
        plug = Plug()
        answer.response = _sent(_followed(followed, answer, plug), plug)
    except Busy as error:
        answer.close()
        return Response(error.message, error.status, {"Retry-After": str(error.retry_after)}, content_type="text/plain")
    return answer


def _followed(followed: Followed, answer: Response, plug: Plug) -> Iterable[int | None]:
    ours = ear()
    try:
        if ours is None:
            raise Deaf
        waiter = ours.join(followed.case_id)
    except Deaf:
        raise Busy(AWAY) from None
    answer.call_on_close(lambda: ours.leave(waiter))
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    seen = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return marks(followed, waiter, seen=seen, lasting=LASTING, app=app, gone=plug.gone)


def _sent(found: Iterable[int | None], plug: Plug) -> Iterator[str]:
    yield RETRY
    try:
        for mark in found:
            yield HEARTBEAT if mark is None else f"id: {mark}\ndata: changed\n\n"
    except CaseyError:
        yield OVER
    if stopping():
        plug.hear_no_more()
