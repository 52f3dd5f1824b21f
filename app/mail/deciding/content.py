"""What of a mail becomes a message."""

from app.cases.content import Content, NewFile
from app.mail.reading.incoming import Incoming, Part

QUOTED, SHOWN = '<div class="quoted">', "<div>"


def body_of(mail: Incoming) -> str:
    """The full text; a mail without any (a picture alone, say) still becomes a message."""
    return mail.text if mail.text.strip() else "(This mail has no text.)"


def reply_content(mail: Incoming) -> Content:
    """How it was formatted, which parts of it are quoted, and its files."""
    return Content(html=mail.html, visible=mail.visible, files=files_of(mail))


def first_content(mail: Incoming) -> Content:
    """The same of a mail that opens a case. Nobody there has seen yet what it quotes, so that all of it is shown."""
    return Content(html=mail.html and mail.html.replace(QUOTED, SHOWN), files=files_of(mail))


def files_of(mail: Incoming) -> tuple[NewFile, ...]:
    """The files of a mail."""
    return tuple(_file(part) for part in mail.files)


def _file(part: Part) -> NewFile:
    return NewFile(part.name, part.content_type, part.content, part.content_id, part.inline)
