"""Messages and notes on Kayako's wire, as what posts are made of."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.api.kayako.resources import (
    Json,
    Resource,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_text,
    a_thing,
    reference,
    things,
)
from app.api.kayako.views.attachments import ALL_AT_ONCE, attachment_refs, download_all_of
from app.api.kayako.views.channels import MAIN
from app.api.kayako.views.posts import identity_of, source_channel
from app.api.kayako.views.recipients import recipient_refs
from app.api.kayako.words import MAIL
from app.cases.models import Post, PostKind
from app.cases.timeline_pages import written_numbered
from app.mail.sending.recipients import Recipient, recipients_of

# The only one there is.
COLOUR = "YELLOW"


class MessageShape(Shape):
    """A message."""

    id = a_number()
    uuid = a_text()
    subject = a_text()
    body_text = a_text()
    body_html = a_text(none=True)
    recipients = things("To whom it was mailed: message_recipient.")
    fullname = a_text()
    email = a_text(none=True)
    creator = a_thing()
    identity = a_thing()
    mailbox = a_thing()
    attachments = things()
    download_all = a_text(ALL_AT_ONCE, none=True)
    locale = a_text(none=True)
    response_time = a_number(none=True)
    created_at = a_moment()
    updated_at = a_moment()


class NoteShape(Shape):
    """A note."""

    id = a_number()
    body_text = a_text()
    body_html = a_text(none=True)
    color = a_text()
    is_pinned = a_flag()
    user = a_thing()
    creator = a_thing()
    attachments = things()
    download_all = a_text(ALL_AT_ONCE, none=True)
    created_at = a_moment()
    updated_at = a_moment()


def _messages(rows: Sequence[Post], _optional: Collection[str]) -> list[Json]:
    recipients = recipients_of(rows)
    return [_message(one, recipients.get(one.id, ())) for one in rows]


def _message(post: Post, recipients: Sequence[Recipient]) -> Json:
    by_mail = source_channel(post).kind == MAIL
    return {
        "id": post.id,
        "uuid": str(post.uuid),
        "subject": post.case.subject,
        "body_text": post.body,
        "body_html": post.html,
        "recipients": recipient_refs(recipients),
        "fullname": post.author.name,
        "email": post.author.email,
        "creator": reference("user", post.author_id),
        "identity": identity_of(post.author),
        "mailbox": reference("mailbox", MAIN) if by_mail else None,
        **_files_and_times(post),
        "locale": post.case.language,
        "response_time": None,
    }


def _notes(rows: Sequence[Post], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "body_text": one.body,
            "body_html": one.html,
            "color": COLOUR,
            "is_pinned": one.pinned_at is not None,
            "user": reference("user", one.author_id),
            "creator": reference("user", one.author_id),
            **_files_and_times(one),
        }
        for one in rows
    ]


def _files_and_times(post: Post) -> Json:
    return {
        "attachments": attachment_refs(post.attachments),
        "download_all": download_all_of(post),
        "created_at": post.created_at,
        "updated_at": post.edited_at or post.created_at,
    }


def _loaded(kind: PostKind) -> Any:
    def load(ids: Collection[int]) -> Mapping[int, Post]:
        return written_numbered(ids, kind)

    return load


MESSAGE = Resource("case_message", MessageShape, _messages, _loaded(PostKind.MESSAGE), path="cases/messages/{}")
NOTE = Resource("note", NoteShape, _notes, _loaded(PostKind.NOTE))
