"""What a mail says, for whoever has to decide about it: its text alone, and not endless."""

from app.mail.reading.room import NoReader, Unreadable, read

LONGEST = 10_000


def text_of(raw: bytes) -> str | None:
    """The beginning of its text, read where no mail can do harm; None when it cannot be read."""
    try:
        mail = read(raw)
    except NoReader:
        return None
    return None if isinstance(mail, Unreadable) else mail.text[:LONGEST]
