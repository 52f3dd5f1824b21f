"""What was said in a conversation, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_moment, a_number, a_text, a_thing, things
from app.api.kayako.views.attachments import attachment_refs
from app.api.kayako.words import told_channel
from app.cases.models import Post
from app.mail.sending.reach import reach_of


class ConversationMessageShape(Shape):
    """A message in a conversation."""

    id = a_number()
    uuid = a_text()
    client_id = a_text("What its writer's program calls it.", none=True)
    subject = a_text()
    contents = a_text()
    contents_html = a_text(none=True)
    channel = a_text()
    creator = a_thing()
    attachments = things()
    message_status = a_text("SENT, DELIVERED, REJECTED or SEEN.")
    created_at = a_moment()
    updated_at = a_moment()


def _messages(rows: Sequence[Post], _optional: Collection[str]) -> list[Json]:
    reach = reach_of(rows)
    return [
        {
            "id": one.id,
            "uuid": str(one.uuid),
            "client_id": one.client_id,
            "subject": one.case.subject,
            "contents": one.body,
            "contents_html": one.html,
            "channel": told_channel(one.channel),
            "creator": Ref("user_minimal", one.author_id, row=one.author),
            "attachments": attachment_refs(one.attachments),
            "message_status": reach[one.id].reached.upper(),
            "created_at": one.created_at,
            "updated_at": one.edited_at or one.created_at,
        }
        for one in rows
    ]


MESSAGE = Resource("conversation_message", ConversationMessageShape, _messages, name="message", type="message")
