"""Reading a mail: from raw bytes to what Casey decides on.

What a sender can write may still cost more time, memory or depth than there is: ``room`` is where it is safe.
The ``program`` imports this, so that it must not import the rest of the application.
"""

import hashlib
from email import message_from_bytes
from email.policy import compat32

from app.mail.reading.bodies import Contents, contents_of
from app.mail.reading.files.files import files_of, note_on
from app.mail.reading.forwarded import forward_in
from app.mail.reading.headers.fields import HEADERS_END, MESSAGE_ID, first, headers_of, ids_in
from app.mail.reading.headers.recipients import copied_of, recipients_of
from app.mail.reading.headers.senders import NoSender, sender_of
from app.mail.reading.incoming import Incoming, Named
from app.mail.reading.reports.report import read_report
from app.mail.reading.source import Source, interpreted, take_apart
from app.mail.reading.written import Written, written_in
from app.text import storable

LONGEST_SUBJECT = 500
LONGEST_TYPE = 200


def parse(raw: bytes) -> Incoming:
    """Read a mail."""
    mail = take_apart(raw)
    found = contents_of(mail)
    return _told(raw, mail, found, written_in(found.bodies, *note_on(found.files)))


def _told(raw: bytes, mail: Source, found: Contents, written: Written) -> Incoming:
    headers = headers_of(mail)
    subject = first(headers, "subject")[:LONGEST_SUBJECT]
    sender, problem = _sender(mail)
    files, forward = files_of(found.files, found.bodies), forward_in(subject, written.text, found.files)
    report = read_report(interpreted(mail))
    return Incoming(
        sender=sender.address or None,
        sender_name=sender.name,
        sender_problem=problem,
        subject=subject,
        message_id=message_id_of(raw),
        in_reply_to=ids_in(mail, "in-reply-to"),
        references=ids_in(mail, "references"),
        text=written.text,
        content_type=storable(mail.get_content_type())[:LONGEST_TYPE],
        headers=headers,
        html=written.html,
        visible=written.visible,
        recipients=recipients_of(mail),
        copied=copied_of(mail),
        files=files,
        report=report,
        forward=None if report else forward,
    )


def _sender(mail: Source) -> tuple[Named, str | None]:
    try:
        return sender_of(mail), None
    except NoSender as problem:
        return Named(""), str(problem)


def message_id_of(raw: bytes) -> str:
    """The Message-ID of a mail; a synthetic one, made from its hash, when it has none that can be used.

    No header is parsed for it: this happens before the mail is stored.
    """
    written = message_from_bytes(HEADERS_END.split(raw[:100_000], 1)[0], policy=compat32).get("Message-ID", "")
    found = MESSAGE_ID.search(storable(str(written)))
    return found[0] if found else f"<{hashlib.sha256(raw).hexdigest()}@missing.invalid>"
