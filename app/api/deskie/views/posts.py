"""Messages and notes on Deskie's wire."""

from collections.abc import Iterable, Sequence

from marshmallow import fields

from app.api.deskie.dates import told
from app.api.deskie.file_links import address_of, with_addresses
from app.api.deskie.views.ratings import told_rating
from app.api.deskie.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, list_of
from app.cases.attachments import Attachment
from app.cases.models import Case, Post, PostKind
from app.cases.ratings import ratings_of_posts


class FileShape(Shape):
    """A file of a message or note."""

    file_id = a_number()
    file_name = a_text()
    file_size = a_number("In bytes.")
    mime_type = a_text()
    url = a_text("Opens the file without credentials for 30 days, and with them from then on.")


class MessageShape(Shape):
    """A message or a note."""

    message_id = a_number()
    user_id = a_number("Which user wrote it; 0: a staff member did.")
    staff_id = a_number("Which staff member wrote it; 0: a user did.")
    content = a_text()
    content_html = a_text()
    attachments = fields.List(fields.Nested(FileShape), required=True)
    note = a_flag()
    sent_via_rule = a_flag("Whether Casey wrote it by itself.")
    created_at = a_moment()
    sent_at = a_moment()
    rating = a_text(needed=False)
    rating_comment = a_text(needed=False)
    rated_staff_id = fields.Integer()


class OneMessage(Shape):
    """A message in its envelope; of several cases that got one, which."""

    message = fields.Nested(MessageShape)
    case_success_id = fields.List(fields.Integer())


ManyMessages = list_of("message", MessageShape)


def one_message(post: Post) -> Json:
    """A message or a note in its envelope."""
    return {"message": message_rows(post.case, [post])[0]}


def message_rows(case: Case, posts: Sequence[Post]) -> list[Json]:
    """Messages and notes as a list shows them; what was thought of them is read for all of them at once."""
    ratings = ratings_of_posts(case, posts)
    return [_row(post) | told_rating(ratings.get(post.id)) for post in posts]


def _row(post: Post) -> Json:
    by_staff = post.author.team
    return {
        "message_id": post.id,
        "user_id": 0 if by_staff else post.author_id,
        "staff_id": post.author_id if by_staff else 0,
        "content": post.body,
        "content_html": with_addresses(post.html, post.attachments),
        "attachments": _files(post.attachments),
        "note": post.kind is PostKind.NOTE,
        "sent_via_rule": False,  # Casey writes nothing by itself
        "created_at": told(post.created_at),
        "sent_at": told(post.send_at or post.created_at),
    }


def _files(attachments: Iterable[Attachment]) -> list[Json]:
    return [
        {
            "file_id": one.id,
            "file_name": one.name,
            "file_size": one.file.size,
            "mime_type": one.content_type,
            "url": address_of(one),
        }
        for one in attachments
    ]
