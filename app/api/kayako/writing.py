"""What is written by Kayako's words: its text, its files, and what its sender's program says of it."""

from functools import partial
from typing import Any

from app.api.kayako.case_facts import facts
from app.api.kayako.naming import in_words_of_kayako
from app.api.kayako.opening import channel_in, copied
from app.api.kayako.words import NOTE, UNSPOKEN
from app.cases.answering import answer_case
from app.cases.content import Content, NewFile, Sender
from app.cases.labels import replace_labels
from app.cases.models import Case, Post
from app.cases.notes import write_note
from app.cases.posting import post_message
from app.cases.uploads import take_uploads
from app.mail.formatted import text_and_html
from app.people.models import Person

Json = dict[str, Any]


def replied(case: Case, new: Json, *, by: Person) -> Post:
    """Write a message or a note on a case, and change what is said of it; tags that are given replace those it has.

    Raises Invalid, in the words of this wire.
    """
    with in_words_of_kayako():
        html = new["contents"] if new["channel_options"].get("html") else None
        text, html = text_and_html(None if html else new["contents"], html)
        write = partial(_written, case, text, new, content_of(new, html, by=by), by=by)
        post = answer_case(case, write, facts(new), others=copied(new["channel_options"]), by=by)
        if "tags" in new:
            replace_labels(case, new["tags"], by=by)
    return post


def _written(case: Case, text: str, new: Json, content: Content, *, by: Person) -> Post:
    """A note, or a message; one through a channel that Casey does not speak is kept, and sent nowhere."""
    if new["channel"] == NOTE:
        return write_note(case, text, by=by, channel="api", content=content)
    channel = channel_in(new["channel"])
    return post_message(case, text, by=by, channel=channel, content=content, mailed=channel not in UNSPOKEN)


def note_text(new: Json) -> tuple[str, str | None]:
    """The text of a note and its HTML, under whatever name each came."""
    return text_and_html(new.get("contents") or new.get("body_text") or None, new.get("body_html") or None)


def content_of(new: Json, html: str | None, *, by: Person) -> Content:
    """What a post holds beside its text. Files that came before are used by this. Raises Invalid."""
    return Content(html=html, files=files_of(new, by=by), sender=sender_of(new))


def files_of(new: Json, *, by: Person) -> tuple[NewFile, ...]:
    """The files that come along, and behind them those that came before. Raises Invalid."""
    return (*new["files"], *take_uploads(new["attachment_file_ids"], by=by))


def sender_of(new: Json) -> Sender:
    """What the program says that sends a post."""
    return Sender(new.get("client_id") or None, new.get("source"), new.get("metadata") or None)
