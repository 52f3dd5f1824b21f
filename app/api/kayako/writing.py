"""What is written by Kayako's words: its text, its files, and what its sender's program says of it."""

from typing import Any

from app.cases.content import Content, NewFile, Sender
from app.cases.uploads import take_uploads
from app.mail.formatted import text_and_html
from app.people.models import Person

Json = dict[str, Any]


def note_text(new: Json) -> tuple[str, str | None]:
    """The text of a note and its HTML, under whatever name each came."""
    return text_and_html(new.get("contents") or new.get("body_text") or None, new.get("body_html") or None)


def content_of(new: Json, html: str | None, *, by: Person) -> Content:
    """What a post holds beside its text. Files that came before are used by this. Raises Invalid."""
    return Content(html=html, files=files_of(new, by=by), sender=_sender(new))


def files_of(new: Json, *, by: Person) -> tuple[NewFile, ...]:
    """The files that come along, and behind them those that came before. Raises Invalid."""
    return (*new["files"], *take_uploads(new["attachment_file_ids"], by=by))


def _sender(new: Json) -> Sender:
    return Sender(new.get("client_id") or None, new.get("source"), new.get("metadata") or None)
