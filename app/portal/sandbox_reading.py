"""A mail in the sandbox as its reader's mail program shows it: text, HTML with its pictures, files, and the source."""

import re
from base64 import b64encode
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from functools import cached_property

from flask import Response, make_response

from app.mail.models import SandboxEmail
from app.portal.branding import logo_origin

# The mail is shown in a frame of its own, which may load nothing but the operator's logo, not even from us, and opens
# links in a new window.
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:{logo}; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
FILE_POLICY = "default-src 'none'; sandbox"
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
CID = re.compile(r"""(?i)(\bsrc=["'])cid:([^"']{1,250})(["'])""")


@dataclass(frozen=True)
class Reading:
    """One mail, opened. ``files`` are numbered in the order in which they stand in it."""

    row: SandboxEmail

    @cached_property
    def mail(self) -> EmailMessage:
        """The mail, parsed. We made it ourselves, so that it needs no guard."""
        found = message_from_bytes(self.row.content, policy=default)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def text(self) -> str:
        """What a mail program shows that knows no HTML."""
        part = self.mail.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def has_html(self) -> bool:
        """Whether there is more to see than the text."""
        return self.mail.get_body(("html",)) is not None

    @property
    def source(self) -> str:
        """The mail as it left."""
        return self.row.content.decode("utf-8", "replace")

    @cached_property
    def files(self) -> list[MIMEPart]:
        """Everything that is no text to be read: attachments, and the pictures within the HTML."""
        return [part for part in self.mail.walk() if part.get_filename() or part["Content-ID"]]

    @property
    def attachments(self) -> list[tuple[int, MIMEPart]]:
        """The files that a mail program lists below the mail."""
        return [(number, part) for number, part in enumerate(self.files) if part.is_attachment()]

    def html(self) -> Response:
        """The HTML part with its pictures in it. A frame like this sends no cookie, so that it could load none."""
        part = self.mail.get_body(("html",))
        written = str(part.get_content()) if part else ""
        pictures = self._pictures()
        shown = CID.sub(lambda found: found[1] + pictures.get(found[2], "") + found[3], written)
        return _framed(f'<base target="_blank">{shown}')

    def _pictures(self) -> dict[str, str]:
        """Each picture by its Content-ID, as an address that holds it."""
        parts = [one for one in self.files if one["Content-ID"] and one.get_content_type() in PICTURES]
        return {str(one["Content-ID"]).strip().strip("<>"): _in_place(one) for one in parts}

    def file(self, number: int) -> Response | None:
        """A file, to be saved; pictures may be shown in the mail. None when there is no such file."""
        if number >= len(self.files):
            return None
        part = self.files[number]
        response = make_response(part.get_payload(decode=True) or part.as_bytes())
        picture = part.get_content_type() in PICTURES
        response.content_type = part.get_content_type() if picture else "application/octet-stream"
        response.headers.set("Content-Disposition", "inline" if picture else "attachment", filename=part.get_filename())
        return _guarded(response, FILE_POLICY)


def _in_place(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return f"data:{part.get_content_type()};base64,{b64encode(content).decode()}"


def _framed(html: str) -> Response:
    response = make_response(html)
    response.content_type = "text/html; charset=utf-8"
    return _guarded(response, FRAME_POLICY.format(logo=logo_origin()))


def _guarded(response: Response, policy: str) -> Response:
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
