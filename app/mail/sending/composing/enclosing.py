"""Which files of a post go with a mail, which as a link, and which stay here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from app.cases.attachments import Attachment
from app.cases.downloads import file_link, shown_attachments
from app.config import settings
from app.files.storing import read_file
from app.mail.models import MailPurpose, OutboundEmail
from app.mail.sending.checking.intact import wordless
from app.mail.sending.masking.mask import Mask

MEGABYTE = 1_000_000
# To whom a file is new. Whoever is reminded has it, and its writer too; they get a link.
CARRYING = {MailPurpose.MESSAGE, MailPurpose.INVITATION}
# They are mails themselves, which on their way could be changed (RFC 2046, 5.2.1); what matters is every byte of them.
KEPT_AS_BYTES = ("message", "multipart")


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a mail. ``content_id`` is what the HTML of this very mail calls it, without brackets."""

    attachment: Attachment
    name: str
    content_id: str

    @property
    def kind(self) -> tuple[str, str]:
        """Its main type and its subtype."""
        main, _, sub = self.attachment.content_type.partition("/")
        return ("application", "octet-stream") if main in KEPT_AS_BYTES or not sub else (main, sub)

    def content(self) -> bytes:
        """Its bytes, as they came."""
        return read_file(self.attachment.file)


@dataclass(frozen=True)
class Enclosures:
    """The files of a post in the mail to one reader; ``linked`` and ``left_out`` by their names."""

    carried: list[Enclosure] = field(default_factory=list)
    linked: list[dict[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def pictures(self) -> dict[str, Enclosure]:
        """Those that the HTML of the post may show, by the names it has for them."""
        return {
            one.attachment.content_id: one
            for one in self.carried
            if one.attachment.content_id and one.kind[0] == "image"
        }


def enclosures(outbound: OutboundEmail, mask: Mask) -> Enclosures:
    """The smallest first, as many as mailAttachmentLimit allows; the rest as links, which end by themselves."""
    if outbound.post is None:
        return Enclosures()
    shown = shown_attachments(outbound.post, reader=outbound.person)
    carried = {one.id for one in _within_limit(shown)} if outbound.purpose in CARRYING else set()
    return Enclosures(
        [_enclosure(one, outbound, mask) for one in shown if one.id in carried],
        [_link(one, outbound, mask) for one in shown if one.id not in carried],
        [_name(one, mask) for one in outbound.post.attachments if one not in shown],
    )


def _within_limit(attachments: Iterable[Attachment]) -> Iterator[Attachment]:
    room = settings().mail_attachment_limit * MEGABYTE
    for one in sorted(attachments, key=lambda one: (one.file.size, one.id)):
        room -= one.file.size
        if room < 0:
            return
        yield one


def _enclosure(attachment: Attachment, outbound: OutboundEmail, mask: Mask) -> Enclosure:
    digest = sha256(f"{outbound.message_id}{attachment.id}".encode()).hexdigest()[:24]
    return Enclosure(attachment, _name(attachment, mask), f"{digest}@{settings().main_domain}")


def _link(attachment: Attachment, outbound: OutboundEmail, mask: Mask) -> dict[str, str]:
    url = file_link(attachment, outbound.person, since=outbound.created_at)
    return {"name": _name(attachment, mask), "url": url}


def _name(attachment: Attachment, mask: Mask) -> str:
    name = "".join(sign for sign in mask.file_name(attachment.name) if sign.isprintable())
    return wordless(name) or "file"
