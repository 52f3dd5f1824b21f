"""Mails that pass on somebody else's: within their text, or as a mail of its own."""

import re

from app.mail.reading.bodies import contents_of
from app.mail.reading.headers.senders import NoSender, sender_of
from app.mail.reading.headers.words import readable
from app.mail.reading.incoming import Forward
from app.mail.reading.quoting import find_forward
from app.mail.reading.source import Source, content_of, take_apart
from app.mail.reading.written import written_in
from app.text import storable

# How mail programs of many languages begin the subject of a mail that they pass on.
SUBJECT = re.compile(
    r"\s*(?:\[[^\]]{1,60}\]\s*)?(?:fwd?|wg|weitergeleitet|tr|rv|rm|enc|i|doorst|vb|vs|vl|vid|pd|ilt|yml|fs|πρθ|"
    r"转发|轉寄|転送|전달)\s*(?:\[\d{1,3}\])?\s*[:\uff1a]",
    re.IGNORECASE,
)


def forward_in(subject: str, text: str, files: list[Source]) -> Forward | None:
    """The mail that this one passes on, if it looks like one that does."""
    carried = next((part for part in files if part.get_content_type() == "message/rfc822"), None)
    if carried:
        return _as_a_file(content_of(carried), text)
    return find_forward(text) if SUBJECT.match(subject) else None


def _as_a_file(raw: bytes, text: str) -> Forward | None:
    mail = take_apart(raw)
    try:
        sender = sender_of(mail)
    except NoSender:
        return None
    subject = storable(readable(str(mail.get("Subject", ""))))[:500]
    return Forward(sender, subject, written_in(contents_of(mail).bodies).text, len(text))
