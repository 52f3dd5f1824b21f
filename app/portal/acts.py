"""What a customer can do with his case beside writing to it: each is a button, which pressed twice does it once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.cases.leaving import disown_case, has_left
from app.cases.lifecycle import close_case, reopen_case
from app.cases.links import Purpose
from app.cases.models import Case, State
from app.cases.muting import mute_participant, muted, unmute_participant
from app.cases.queries import locked
from app.cases.ratings import may_rate
from app.config import settings
from app.errors import Busy, Conflict, Gone
from app.export.own import own_archive
from app.files.downloads import archive
from app.people.models import Person
from app.portal.arriving import known_link_to, link_to
from app.portal.forms import Confirm
from app.portal.pages import error_page, page
from app.portal.places import FOR_ARCHIVES
from app.portal.rating_words import SCORES
from app.portal.renewal import ended
from app.transaction import retried, transaction

bp = Blueprint("acts", __name__)
bp.register_error_handler(Gone, ended)

Act = Callable[[Case, Person], str]


def possible_acts(case: Case, reader: Person) -> dict[str, Any]:
    """What the page offers to this reader as the case stands."""
    active = case.state is State.ACTIVE and case.merged_into_id is None
    return {
        "acts": Confirm(formdata=None),
        "can_close": active and not case.closed,
        "can_reopen": active and case.closed and settings().case_can_reopen,
        "can_reopen_later": settings().case_can_reopen,
        "can_rate": may_rate(case, reader),
        "scores": SCORES,
        "muted": muted(case, reader),
    }


@bp.post("/cases/<uuid:uuid>/close")
@retried
def close(uuid: UUID) -> AnyResponse:
    """Close the case."""
    return _acted(uuid, _close)


def _close(case: Case, by: Person) -> str:
    said = "closed-before" if case.closed else "closed"
    close_case(case, by=by)
    return said


@bp.post("/cases/<uuid:uuid>/reopen")
@retried
def reopen(uuid: UUID) -> AnyResponse:
    """Open the case again, where that is allowed."""
    return _acted(uuid, _reopen)


def _reopen(case: Case, by: Person) -> str:
    if not case.closed:
        return "open-before"
    if not settings().case_can_reopen:
        raise Conflict("The case is closed, and closed cases cannot be reopened here.")
    reopen_case(case, by=by)
    return "reopened"


@bp.post("/cases/<uuid:uuid>/mute")
@retried
def mute(uuid: UUID) -> AnyResponse:
    """Get no more mail of the case."""
    return _acted(uuid, _mute)


def _mute(case: Case, by: Person) -> str:
    mute_participant(case, by, by=by)
    return "muted"


@bp.post("/cases/<uuid:uuid>/unmute")
@retried
def unmute(uuid: UUID) -> AnyResponse:
    """Get mail of the case again."""
    return _acted(uuid, _unmute)


def _unmute(case: Case, by: Person) -> str:
    unmute_participant(case, by, by=by)
    return "unmuted"


def _acted(uuid: UUID, act: Act) -> AnyResponse:
    """Do it, and go back to the page, which says what was done."""
    link = link_to(uuid)
    said = "unsent"
    if Confirm().validate_on_submit():
        with transaction():
            link = link_to(uuid)
            said = act(locked(link.case), link.person)
    return redirect(f"/cases/{uuid}?said={said}", 303)


@bp.post("/cases/<uuid:uuid>/leave")
@retried
def leave(uuid: UUID) -> AnyResponse:
    """Leave a case that came by mistake. Who has left it already is told the same."""
    link = known_link_to(uuid, Purpose.CASE)
    if has_left(link.case, link.person):
        return redirect("/left", 303)
    if not Confirm().validate_on_submit():
        return redirect(f"/cases/{uuid}?said=unsent", 303)
    with transaction():
        link = link_to(uuid)
        disown_case(locked(link.case), link.person)
    return redirect("/left", 303)


@bp.get("/left")
def left() -> Response:
    """There is nothing more to see for whoever has left, and no draft to be kept."""
    response = page("left.html")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.get("/cases/<uuid:uuid>/download")
def download(uuid: UUID) -> Response:
    """All that this reader may see of the case, as one archive."""
    link = link_to(uuid)
    try:
        given_up = FOR_ARCHIVES.take(link.id)
    except Busy as error:
        answer = error_page(error.status, error.message)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    try:
        answer = archive(own_archive(link.case, link.person), f"case-{link.case.reference}.zip")
    except BaseException:
        given_up()
        raise
    answer.call_on_close(given_up)
    return answer
