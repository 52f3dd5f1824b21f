"""What is said about messages and notes."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.api.casey.schemas.fields import TEXTS, Page, Strict, address, text
from app.api.casey.schemas.files import WithFiles
from app.api.casey.schemas.told import Json, Refer, either
from app.cases.content import LONGEST_HTML
from app.cases.posting import LONGEST_BODY


def later() -> fields.AwareDateTime:
    """A moment, with its zone."""
    sentence = "This must be a moment with its zone, such as 2030-01-31T09:00:00Z."
    return fields.AwareDateTime(
        format="iso", error_messages={**TEXTS, "invalid": sentence, "invalid_awareness": sentence, "format": sentence}
    )


class MessagesPage(Page):
    """Query of the list of messages."""

    waiting = fields.Boolean(load_default=False, error_messages={"invalid": "This must be true or false."})


class Written(Strict):
    """A text, as such or as HTML or as both. ``WORD`` is what the text is called."""

    WORD: str

    html = text(LONGEST_HTML)

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _something_is_said(self, _given: dict[str, Any], said: Any, **_: Any) -> None:
        if isinstance(said, dict) and self.WORD not in said and "html" not in said:
            raise ValidationError(TEXTS["required"], field_name=self.WORD)

    def told(self, _refer: Refer) -> Json:
        return either(self.WORD, "html")


class NewPost(Written, WithFiles):
    """The same with files."""


class NewMessage(NewPost):
    """Body of POST /cases/{uuid}/messages."""

    WORD = "message"

    sender = address(required=True, data_key="from")
    message = text(LONGEST_BODY, like="Hello, we are looking into it.")
    send_at = later()
    mailed = fields.Boolean(load_default=True, error_messages={"invalid": "This must be true or false."})


class NewNote(NewPost):
    """Body of POST /cases/{uuid}/notes."""

    WORD = "note"

    sender = address(required=True, data_key="from")
    note = text(LONGEST_BODY, like="She has called twice.")


class MessageChange(Strict):
    """Body of PATCH /cases/{uuid}/messages/{message}."""

    message = text(LONGEST_BODY, like="Hello, we are looking into it.")
    html = text(LONGEST_HTML)
    send_at = later()


class NoteChange(Strict):
    """Body of PATCH /cases/{uuid}/notes/{note}."""

    note = text(LONGEST_BODY, like="She has called twice.")
    html = text(LONGEST_HTML)
