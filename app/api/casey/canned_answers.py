"""Canned answers: each one's own, and those that the team shares."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.canned_answers import CannedAnswerChange, NewCannedAnswer
from app.api.casey.schemas.fields import Page
from app.api.casey.views.canned_answers import CannedAnswerAnswer, canned_answer_view
from app.api.casey.views.shapes import page, page_of
from app.cases.canned_answers import (
    CannedAnswer,
    answers_page,
    can_answer,
    canned_answer,
    change_answer,
    remove_answer,
)
from app.errors import Forbidden
from app.mail.formatted import text_and_html
from app.people.access import NEEDED, Act

ANSWERS, ANSWER = "/canned-answers", "/canned-answers/<uuid:uuid>"


@route(ANSWERS, "GET", Act.READ_CASES, asks=Page, answers=page_of(CannedAnswerAnswer))
def index(asked: Json) -> Answer:
    """Canned answers from the oldest on: one's own, and the shared ones."""
    found = answers_page(for_=caller().person, after=asked["cursor"] or 0, limit=asked["limit"])
    return page([canned_answer_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route(ANSWERS, "POST", Act.CAN_ANSWERS, takes=NewCannedAnswer, answers=CannedAnswerAnswer, status=201, also=(409,))
def create(new: Json) -> Answer:
    """Keep an answer for oneself, or, as an admin, for the whole team."""
    _check_sharing(new["shared"])
    text, html = text_and_html(new.get("text"), new.get("html"))
    made = can_answer(new["title"], text, html=html, shared=new["shared"], by=caller().person)
    return canned_answer_view(made)


def _check_sharing(shared: bool) -> None:
    if shared and not caller().allows(Act.SHARE_ANSWERS):
        told = f"Shared canned answers need a key with the role {NEEDED[Act.SHARE_ANSWERS]} or above"
        raise Forbidden(f"{told}; if it has scopes, {Act.SHARE_ANSWERS} must be one.", field="shared")


@route(ANSWER, "GET", Act.READ_CASES, answers=CannedAnswerAnswer)
def show(uuid: UUID) -> Answer:
    """One canned answer."""
    return canned_answer_view(canned_answer(uuid, for_=caller().person))


@route(ANSWER, "PATCH", Act.CAN_ANSWERS, takes=CannedAnswerChange, answers=CannedAnswerAnswer, also=(409,))
def change(uuid: UUID, new: Json) -> Answer:
    """Change an answer of one's own, or, as an admin, a shared one. A text alone takes the HTML away."""
    found = _for_change(uuid)
    _check_sharing(new.get("shared", False))
    if "text" in new or "html" in new:
        new["text"], new["html"] = text_and_html(new.get("text"), new.get("html"))
    change_answer(found, new, by=caller().person)
    return canned_answer_view(found)


@route(ANSWER, "DELETE", Act.CAN_ANSWERS, answers=CannedAnswerAnswer)
def remove(uuid: UUID) -> Answer:
    """Remove an answer. Its last state is the answer."""
    found = _for_change(uuid)
    shown = canned_answer_view(found)
    remove_answer(found, by=caller().person)
    return shown


def _for_change(uuid: UUID) -> CannedAnswer:
    found = canned_answer(uuid, for_=caller().person)
    _check_sharing(found.shared)
    return found
