"""Writing messages and notes, and changing them, as Deskie's words say it."""

from datetime import datetime
from typing import Any

from app.api.auth import caller
from app.api.authorship import check_may_change
from app.api.deskie.errors import MessageNotFound, StaffNotActive
from app.api.deskie.file_links import with_names
from app.api.deskie.finding import case_to_change, staff_numbered
from app.api.deskie.ids import id_in, told_as
from app.cases.content import Content
from app.cases.editing import edit_post
from app.cases.models import Case, Post, PostKind
from app.cases.notes import write_note
from app.cases.posting import check_may_post, post_message
from app.cases.posts import post_numbered
from app.cases.scheduling import schedule_message
from app.errors import Forbidden, Invalid, Unauthorized
from app.mail.formatted import text_and_html
from app.people.identities import person_with
from app.people.models import IdentityKind, Person
from app.people.persons import person_numbered

CHANNEL = "api"

Json = dict[str, Any]


def posted(case: Case, new: Json) -> Post:
    """Put a message on a case, now or then or later. Raises Invalid for an author who may not write there."""
    author = _author(case, new)
    body, content = _written(new)
    send_at: datetime | None = new.get("send_at")
    mailed = not new["do_not_send_email"]
    if send_at is not None:
        return schedule_message(case, body, send_at, by=author, channel=CHANNEL, content=content, mailed=mailed)
    at = new.get("created_at")
    return post_message(case, body, by=author, channel=CHANNEL, content=content, mailed=mailed, at=at)


def noted(case: Case, new: Json) -> Post:
    """Put a note on a case."""
    author = _staff(new, "note_staff_id") or _staff(new, "staff_id") or _caller()
    body, content = _written(new)
    return write_note(case, body, by=author, channel=CHANNEL, content=content, at=new.get("created_at"))


def _author(case: Case, new: Json) -> Person:
    """Whose message it is: a user who is in the case, a staff member, or else the caller."""
    word = next((one for one in ("user_id", "user_custom_id") if new.get(one)), None)
    if word is None:
        return _staff(new, "staff_id") or _caller()
    user = person_numbered(new[word], field=word) if word == "user_id" else _known_elsewhere(case, new[word])
    try:
        check_may_post(case, user)
    except Forbidden as error:
        raise Invalid(error.message, field=word) from None
    return user


def _known_elsewhere(case: Case, given: str) -> Person:
    """Whose this id of a custom channel is, which is unique within the channel alone."""
    known = person_with(IdentityKind.CUSTOM, f"{case.channel}:{given}" if case.channel.startswith("cch") else given)
    if known is None:
        raise Invalid("There is nobody with this id of a custom channel.", field="user_custom_id")
    return known


def _staff(new: Json, field: str) -> Person | None:
    """The staff member who is named. Raises StaffNotActive for one who is disabled."""
    if not new.get(field):
        return None
    person = staff_numbered(new[field], field=field)
    if not person.active:
        raise StaffNotActive("This staff member is disabled and can write nothing.")
    return person


def _caller() -> Person:
    """Whose key it is. Everybody who signs in here has one of his own."""
    person = caller().person
    if person is None:
        raise Unauthorized("This needs the key of a person.")
    return person


def _written(new: Json) -> tuple[str, Content]:
    body, html = text_and_html(new.get("content") or None, new.get("content_html") or None)
    return body, Content(html=html, files=tuple(new["files"]))


def post_to_change(case: str, number: str, *kinds: PostKind) -> Post:
    """The message or note with this number, if the caller may change it.

    Raises CaseNotFound, MessageNotFound or Forbidden.
    """
    post = post_on(case_to_change(case), number, *kinds)
    check_may_change(post)
    return post


def post_on(case: Case, number: str, *kinds: PostKind) -> Post:
    """The message or note of this case with this number. Raises MessageNotFound."""
    with told_as(MessageNotFound):
        return post_numbered(case, id_in(number), *kinds)


def edited(post: Post, new: Json) -> None:
    """Give a post the text, the HTML or both that a change names; one without the other replaces both."""
    html = with_names(new.get("content_html") or None, post.attachments)
    edit_post(post, *text_and_html(new.get("content") or None, html), by=caller().person)
