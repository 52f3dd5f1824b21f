"""The notes on a case, for the team alone."""

from app.api.auth import caller
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.posts import NewNote, Written
from app.api.deskie.together import to_each
from app.api.deskie.views.posts import OneMessage, one_message
from app.api.deskie.views.shapes import Shape
from app.api.deskie.writing import edited, noted, post_to_change
from app.cases.editing import delete_post
from app.cases.models import Post, PostKind
from app.people.access import Act

NOTE = "/cases/<cases>/note/<message>.json"
INSIDE = ("note", "message")


@route(
    "/cases/<cases>/note.json", "POST", Act.WRITE_CASES, takes=NewNote, inside=INSIDE, answers=OneMessage, status=201
)
@route(
    "/cases/<cases>/notes.json", "POST", Act.WRITE_CASES, takes=NewNote, inside=INSIDE, answers=OneMessage, status=201
)
def create(cases: str, new: Json) -> Answer:
    """Put a note on a case, or on up to ten. Nobody is mailed."""
    written: list[Post] = []
    return to_each(cases, lambda case: written.append(noted(case, new)), lambda _: one_message(written[0]))


@route(NOTE, "PUT", Act.WRITE_CASES, takes=Written, inside=INSIDE, answers=OneMessage)
def update(cases: str, message: str, new: Json) -> Answer:
    """Give a note another text."""
    post = post_to_change(cases, message, PostKind.NOTE)
    edited(post, new)
    return one_message(post)


@route(NOTE, "DELETE", Act.WRITE_CASES, answers=Shape)
def delete(cases: str, message: str) -> Answer:
    """Take a note off the case."""
    delete_post(post_to_change(cases, message, PostKind.NOTE), by=caller().person)
    return {}
