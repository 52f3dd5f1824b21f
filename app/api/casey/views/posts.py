"""Messages, notes, and the files of both."""

from marshmallow import fields

from app.api.casey.routing import PREFIX
from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, a_uuid, many, moment
from app.cases.attachments import Attachment
from app.cases.models import Post
from app.cases.posting import alias_in
from app.cases.scheduling import why_held
from app.config import deployed


class AttachmentAnswer(Shape):
    """A file of a message."""

    uuid = a_uuid()
    name = a_text()
    content_type = a_text()
    content_id = a_text(null=True)
    inline = a_flag()
    size = a_number(help="In bytes.")
    url = a_text()


def attachment_view(attachment: Attachment) -> Json:
    """A file of a message, and where its content is to be had."""
    return {
        "uuid": str(attachment.uuid),
        "name": attachment.name,
        "content_type": attachment.content_type,
        "content_id": attachment.content_id,
        "inline": attachment.inline,
        "size": attachment.file.size,
        "url": f"{deployed().base_url}{PREFIX}/attachments/{attachment.uuid}",
    }


class PostAnswer(Shape):
    """What messages and notes have in common."""

    uuid = a_uuid()
    sender = fields.Nested(PersonBrief, required=True, data_key="from")
    html = a_text(null=True)
    visible = many(fields.List(fields.Integer()), null=True, help="The spans of the text that are new, not quoted.")
    attachments = many(AttachmentAnswer)
    channel = a_text()
    verified = a_flag()
    pinned = a_flag()
    edited_at = a_moment(null=True)
    created_at = a_moment()


def _written(post: Post) -> Json:
    """What messages and notes have in common."""
    return {
        "uuid": str(post.uuid),
        "from": person_brief(post.author),
        "html": post.html,
        "visible": post.visible,
        "attachments": [attachment_view(one) for one in post.attachments],
        "channel": post.channel,
        "verified": post.verified,
        "pinned": post.pinned_at is not None,
        "edited_at": moment(post.edited_at),
        "created_at": moment(post.created_at),
    }


class MessageAnswer(PostAnswer):
    """A message of a case."""

    alias = a_text()
    message = a_text()
    robot = a_flag()
    mailed = a_flag(help="False: it is on the case, and was mailed to nobody.")
    send_at = a_moment(null=True, help="Until then it waits, and nobody but the team knows of it.")
    held = a_text(null=True, help="Why it will not be sent at that moment.")


def message_view(post: Post) -> Json:
    """A message of a case."""
    return {
        **_written(post),
        "alias": alias_in(post.case, post.author),
        "message": post.body,
        "robot": post.robot,
        "mailed": post.mailed,
        "send_at": moment(post.send_at),
        "held": why_held(post),
    }


class NoteAnswer(PostAnswer):
    """A note on a case, for the team alone."""

    note = a_text()


def note_view(post: Post) -> Json:
    """A note on a case, for the team alone."""
    return {**_written(post), "note": post.body}
