"""Ideas: cases of the channel ``idea``."""

from app.api.auth import caller
from app.api.deskie.finding import case_to_change
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.ideas import IdeaChange, OfficialResponse
from app.api.deskie.views.cases import OneCase, one_case
from app.cases.idea_categories import category_numbered
from app.cases.ideas import Stage, categorize_idea, move_idea, rephrase_idea, respond_to_idea, withdraw_response
from app.errors import Invalid, NotFound
from app.people.access import Act

IDEA, RESPONSE = "/cases/<case>/idea.json", "/cases/<case>/idea_official_response.json"
MESSAGE = ("message",)


@route(IDEA, "PUT", Act.WRITE_CASES, takes=IdeaChange, inside=MESSAGE, answers=OneCase)
def change(case: str, new: Json) -> Answer:
    """Say otherwise what is proposed, how far it has got, or into which category it belongs."""
    found, by = case_to_change(case), caller().person
    if "content" in new:
        rephrase_idea(found, new["content"], by=by)
    if "stage" in new:
        move_idea(found, Stage(new["stage"]), by=by)
    if "category_id" in new:
        try:
            categorize_idea(found, category_numbered(new["category_id"]) if new["category_id"] else None, by=by)
        except NotFound as error:
            raise Invalid(error.message, field="category_id") from None
    return one_case(found)


@route(RESPONSE, "PUT", Act.WRITE_CASES, takes=OfficialResponse, inside=MESSAGE, answers=OneCase)
def respond(case: str, new: Json) -> Answer:
    """Answer an idea officially, or say the answer otherwise."""
    found = case_to_change(case)
    respond_to_idea(found, new["content"], by=caller().person)
    return one_case(found)


@route(RESPONSE, "DELETE", Act.WRITE_CASES, answers=OneCase)
def withdraw(case: str) -> Answer:
    """Take the official response back."""
    found = case_to_change(case)
    withdraw_response(found, by=caller().person)
    return one_case(found)
