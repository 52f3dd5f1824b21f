"""The messages of a case, its notes among them."""

from app.api.auth import caller
from app.api.deskie.finding import case_named
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.pages import page_asked, skipped
from app.api.deskie.schemas.posts import MessagesAsked, NewMessage, Written
from app.api.deskie.together import to_each
from app.api.deskie.views.posts import ManyMessages, OneMessage, message_rows, one_message
from app.api.deskie.views.shapes import Shape, numbered
from app.api.deskie.writing import edited, post_to_change, posted
from app.cases.editing import delete_post
from app.cases.models import Post, PostKind
from app.cases.posts import post_count, posts_of
from app.people.access import Act

MESSAGES, MESSAGE = "/cases/<cases>/messages.json", "/cases/<cases>/messages/<message>.json"
# A note is sent in either envelope, too: the vendor's own examples edit notes here.
INSIDE = ("message", "note")


@route(MESSAGES, "GET", Act.READ_CASES, asks=MessagesAsked, answers=ManyMessages)
def index(cases: str, asked: Json) -> Answer:
    """What was written on a case, notes and what waits to be sent among it: the last hundred, or a page."""
    case, backwards = case_named(cases), asked["order"] == "desc"
    total = post_count(case)
    found = posts_of(
        case, skip=skipped(asked, total, backwards=backwards), limit=page_asked(asked).limit, latest_first=backwards
    )
    return numbered("message", message_rows(case, found), total)


@route(MESSAGES, "POST", Act.WRITE_CASES, takes=NewMessage, inside=("message",), answers=OneMessage, status=201)
def create(cases: str, new: Json) -> Answer:
    """Put a message on a case, or on up to ten."""
    written: list[Post] = []
    return to_each(cases, lambda case: written.append(posted(case, new)), lambda _: one_message(written[0]))


@route(MESSAGE, "PUT", Act.WRITE_CASES, takes=Written, inside=INSIDE, answers=OneMessage)
def update(cases: str, message: str, new: Json) -> Answer:
    """Give a message or a note another text. What was mailed is not mailed again."""
    post = post_to_change(cases, message, *PostKind)
    edited(post, new)
    return one_message(post)


@route(MESSAGE, "DELETE", Act.WRITE_CASES, answers=Shape)
def delete(cases: str, message: str) -> Answer:
    """Take a message or a note off the case, and do not mail what still waits of it."""
    delete_post(post_to_change(cases, message, *PostKind), by=caller().person)
    return {}
