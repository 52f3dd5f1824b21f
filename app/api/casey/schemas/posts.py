"""What is said about messages and notes."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.api.casey.schemas.fields import TEXTS, Strict, text
from app.cases.content import LONGEST_HTML
from app.cases.posting import LONGEST_BODY


class _Written(Strict):
    """A text, as such or as HTML or as both. ``WORD`` is what the text is called."""

    WORD: str

    @validates_schema
    def _something_is_said(self, given: dict[str, Any], **_: Any) -> None:
        if self.WORD not in given and "html" not in given:
            raise ValidationError(TEXTS["required"], field_name=self.WORD)


class NewMessage(_Written):
    """Body of POST /cases/{uuid}/messages."""

    WORD = "message"

    sender = text(320, required=True, data_key="from")
    message = text(LONGEST_BODY)
    html = text(LONGEST_HTML)


class NewNote(_Written):
    """Body of POST /cases/{uuid}/notes."""

    WORD = "note"

    sender = text(320, required=True, data_key="from")
    note = text(LONGEST_BODY)
    html = text(LONGEST_HTML)


class MessageChange(Strict):
    """Body of PATCH /cases/{uuid}/messages/{message}."""

    message = text(LONGEST_BODY)
    html = text(LONGEST_HTML)


class NoteChange(Strict):
    """Body of PATCH /cases/{uuid}/notes/{note}."""

    note = text(LONGEST_BODY)
    html = text(LONGEST_HTML)
