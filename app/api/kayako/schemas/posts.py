"""What is said about posts, and what lists of them are asked for."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.api.kayako.errors import AnyRequired
from app.api.kayako.paging import Along
from app.api.kayako.post_filters import FILTERS, ORIGINALS
from app.api.kayako.schemas.fields import word, words
from app.api.kayako.schemas.files import WithFiles
from app.api.lenient import Lenient, flag, number, text
from app.cases.content import LONGEST_HTML
from app.cases.posting import LONGEST_BODY

TEXTS = ("contents", "body_text", "body_html")
DELIVERED, SEEN = "DELIVERED", "SEEN"

Json = dict[str, Any]


class PostsAsked(Along):
    """The query of the posts of a case. ``resource_type`` with ``id`` names one of them by what it is made of."""

    filters = words([*FILTERS])
    resource_type = word([*ORIGINALS])
    id = number()

    @validates_schema
    def _one(self, asked: Json, **_: Any) -> None:
        if "id" in asked and "resource_type" not in asked:
            raise ValidationError("This field is required with id.", field_name="resource_type")


class PostChange(Lenient):
    """Body of PUT /cases/posts/{id}."""

    post_status = word([DELIVERED, SEEN], required=True)


class NoteText(Lenient):
    """The text of a note, as such or as HTML, under any of the names by which it is sent."""

    contents = text(LONGEST_BODY)
    body_text = text(LONGEST_BODY)
    body_html = text(LONGEST_HTML)
    is_pinned = flag()


class NewNote(NoteText, WithFiles):
    """Body of POST /cases/{id}/notes."""

    client_id = text(200, allow_none=True)

    @validates_schema
    def _something(self, new: Json, **_: Any) -> None:
        if not any(new.get(name) for name in TEXTS):
            raise AnyRequired(*TEXTS)


class NoteChange(NoteText):
    """Body of PUT /cases/{id}/notes/{note}."""
