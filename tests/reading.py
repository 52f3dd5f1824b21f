"""Mails as their readers see them."""

from copy import copy
from email.contentmanager import raw_data_manager
from email.message import EmailMessage
from email.policy import default

_contents = copy(raw_data_manager)
_contents.get_handlers = dict(raw_data_manager.get_handlers)  # type: ignore[attr-defined]
# ``mail.get_content()`` of a mail in several parts is the plain text of it.
AS_READ = default.clone(content_manager=_contents)


def _plain_text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return _lines(part.get_content()) if part is not None else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


_contents.add_get_handler("multipart", _plain_text)


def page_of(mail: EmailMessage) -> str:
    """The HTML of a mail."""
    part = mail.get_body(("html",))
    assert part is not None, "this mail has no HTML"
    return _lines(part.get_content())
