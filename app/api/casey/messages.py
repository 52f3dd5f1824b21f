"""The messages of a case."""

from functools import partial
from uuid import UUID

from app.api.archives import archive_of
from app.api.auth import caller
from app.api.casey.posts import edit, own_post, written
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.posts import MessageChange, MessagesPage, NewMessage
from app.api.casey.views.posts import MessageAnswer, message_view
from app.api.casey.views.shapes import page, page_of
from app.cases.editing import delete_post, pin_post, unpin_post
from app.cases.models import Case, PostKind
from app.cases.posting import check_may_post, post_message
from app.cases.posts import post_in, posts_page, waiting_page
from app.cases.queries import case_by_uuid, case_for_change
from app.cases.scheduling import cancel_message, reschedule_message, schedule_message
from app.errors import Forbidden, Invalid
from app.files.downloads import ARCHIVE
from app.people.access import Act
from app.people.models import Person
from app.people.persons import known_person

MESSAGES, MESSAGE = "/cases/<uuid:uuid>/messages", "/cases/<uuid:uuid>/messages/<uuid:message>"


@route(MESSAGES, "POST", Act.WRITE_CASES, takes=NewMessage, answers=MessageAnswer, status=201)
def create(uuid: UUID, new: Json) -> Answer:
    """Put a message of a known person on a case; unless told otherwise, all others are mailed, now or later."""
    case = case_for_change(uuid)
    author = _author(case, new["sender"])
    body, content = written(new, "message")
    write = partial(schedule_message, send_at=new["send_at"]) if "send_at" in new else post_message
    return message_view(write(case, body, by=author, channel="api", content=content, mailed=new["mailed"]))


def _author(case: Case, address: str) -> Person:
    """Whose message it is. Raises Invalid for somebody who may not write one here."""
    author = known_person(address, field="from")
    try:
        check_may_post(case, author)
    except Forbidden as error:
        raise Invalid(error.message, field="from") from None
    return author


@route(MESSAGES, "GET", Act.READ_CASES, asks=MessagesPage, answers=page_of(MessageAnswer))
def index(uuid: UUID, asked: Json) -> Answer:
    """The messages of a case, from the oldest on; with ``waiting=true`` those that are to be sent later."""
    list_them = waiting_page if asked["waiting"] else partial(posts_page, kind=PostKind.MESSAGE)
    found = list_them(case_by_uuid(uuid), after=asked["cursor"] or 0, limit=asked["limit"])
    return page([message_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route(MESSAGE, "GET", Act.READ_CASES, answers=MessageAnswer)
def show(uuid: UUID, message: UUID) -> Answer:
    """One message."""
    return message_view(post_in(case_by_uuid(uuid), message, PostKind.MESSAGE))


@route(f"{MESSAGE}/attachments", "GET", Act.READ_CASES, gives=ARCHIVE)
def files(uuid: UUID, message: UUID) -> Answer:
    """All files of a message as one archive (zip)."""
    return archive_of(post_in(case_by_uuid(uuid), message, PostKind.MESSAGE))


@route(MESSAGE, "PATCH", Act.WRITE_CASES, takes=MessageChange, answers=MessageAnswer)
def change(uuid: UUID, message: UUID, new: Json) -> Answer:
    """Give a message another text or, while it waits, another time. What was mailed is not mailed again."""
    post = own_post(uuid, message, PostKind.MESSAGE)
    edit(post, new)
    if "send_at" in new:
        reschedule_message(post, new["send_at"], by=caller().person)
    return message_view(post)


@route(MESSAGE, "DELETE", Act.WRITE_CASES, answers=MessageAnswer)
def delete(uuid: UUID, message: UUID) -> Answer:
    """Take a message out of the case, and do not mail what still waits of it."""
    post = own_post(uuid, message, PostKind.MESSAGE)
    delete_post(post, by=caller().person)
    return message_view(post)


@route(f"{MESSAGE}/cancel", "POST", Act.WRITE_CASES, answers=MessageAnswer)
def cancel(uuid: UUID, message: UUID) -> Answer:
    """Do not send a message that waits."""
    post = own_post(uuid, message, PostKind.MESSAGE)
    cancel_message(post, by=caller().person)
    return message_view(post)


@route(f"{MESSAGE}/pin", "POST", Act.WRITE_CASES, answers=MessageAnswer)
def pin(uuid: UUID, message: UUID) -> Answer:
    """Pin a message. A pinned one stays so."""
    post = own_post(uuid, message, PostKind.MESSAGE)
    pin_post(post, by=caller().person)
    return message_view(post)


@route(f"{MESSAGE}/unpin", "POST", Act.WRITE_CASES, answers=MessageAnswer)
def unpin(uuid: UUID, message: UUID) -> Answer:
    """Unpin a message. One that is not pinned stays so."""
    post = own_post(uuid, message, PostKind.MESSAGE)
    unpin_post(post, by=caller().person)
    return message_view(post)
