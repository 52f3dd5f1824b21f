"""Making the mail of one outbound row: built only from rows, so that it is the same each time it is made."""

from collections.abc import Iterable
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from hashlib import sha256

from app.cases.posting import alias_in
from app.config import settings
from app.mail.models import MailPurpose, OutboundEmail
from app.mail.sending.checking.intact import wordless
from app.mail.sending.composing.enclosing import Enclosure, enclosures
from app.mail.sending.composing.look import look_for, looking_like
from app.mail.sending.composing.threads import thread_headers
from app.mail.sending.composing.wording import FIXED_WORDS, one_line, word
from app.mail.sending.masking.mask import Mask
from app.mail.tokens import bounce_address, reply_address
from app.people.zones import local
from app.translating import nearest, speaking


class HeaderClasses(HeaderRegistry):
    """Makes the class for each name of a header once; the standard library makes a new one for each header."""

    __getitem__ = cache(HeaderRegistry.__getitem__)


# The default line length would turn message ids of 78 characters and more into encoded words and so destroy them. The
# lines of a body must be short all the same (RFC 2045, 6.7).
POLICY = SMTP.clone(max_line_length=998, header_factory=HeaderClasses())
SHORT_LINES = POLICY.clone(max_line_length=76)
LOOP_HEADER = "X-Casey-Loop"
# Whatever leaves without a person having written to its reader. Two Caseys would send each other copies for ever.
MACHINE_MAIL = set(MailPurpose) - {MailPurpose.MESSAGE}
# Mail that passes on what somebody else wrote, under his alias.
FROM_SOMEBODY = {MailPurpose.MESSAGE, MailPurpose.INVITATION, MailPurpose.REMINDER}


def compose(outbound: OutboundEmail) -> EmailMessage:
    """The mail as it leaves: from the one support address, to one person, with nobody else's address in it."""
    mask = Mask(outbound.person, outbound.case)
    enclosed = enclosures(outbound, mask)
    with speaking(nearest(outbound.person.language, settings().language)), looking_like(look_for(mask)):
        wording = word(outbound, mask, enclosed)
    mail = EmailMessage(policy=SHORT_LINES)
    mail["Subject"] = wordless(wording.subject)
    _address(mail, outbound, mask)
    mail.set_content(wording.text, cte="quoted-printable")
    mail.add_alternative(wording.html, subtype="html", cte="quoted-printable")
    _show(mail, wording.pictures)
    _enclose(mail, [one for one in enclosed.carried if one not in wording.pictures])
    _finish_parts(mail, outbound.message_id)
    mail.policy = POLICY
    return mail


def envelope_sender(outbound: OutboundEmail) -> str:
    """Where reports about this mail go."""
    return bounce_address(outbound.id) if settings().mail_plus_addressing else settings().mail_address


def _address(mail: EmailMessage, outbound: OutboundEmail, mask: Mask) -> None:
    """Every header but those that say what is in the mail."""
    mail["From"] = Address(_sender_name(outbound, mask), addr_spec=settings().mail_address)
    mail["To"] = Address(_reader_name(outbound, mask), addr_spec=outbound.address)
    mail["Reply-To"] = Address(addr_spec=_reply_to(outbound))
    mail["Date"] = local(outbound.created_at)
    mail["Message-ID"] = outbound.message_id
    for name, value in thread_headers(outbound).items():
        mail[name] = value
    mail[LOOP_HEADER] = settings().main_domain
    if outbound.purpose in MACHINE_MAIL:
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"


def _sender_name(outbound: OutboundEmail, mask: Mask) -> str:
    """Nobody but us, where somebody gets his own words, or must not be shown a stranger's."""
    if outbound.case is None or outbound.post is None or outbound.purpose not in FROM_SOMEBODY:
        return ""
    return wordless(one_line(mask(alias_in(outbound.case, outbound.post.author, reader=outbound.person))))


def _reader_name(outbound: OutboundEmail, mask: Mask) -> str:
    return "" if outbound.purpose in FIXED_WORDS else wordless(one_line(mask(outbound.person.name)))


def _reply_to(outbound: OutboundEmail) -> str:
    if outbound.case_id is None or not settings().mail_plus_addressing:
        return settings().mail_address
    return reply_address(outbound.case_id, outbound.person_id)


def _show(mail: EmailMessage, pictures: Iterable[Enclosure]) -> None:
    """Put pictures beside the HTML that shows them."""
    page = mail.get_body(("html",))
    assert page is not None
    for one in pictures:
        main, sub = one.kind
        page.add_related(one.content(), main, sub, cid=f"<{one.content_id}>", filename=one.name, disposition="inline")


def _enclose(mail: EmailMessage, files: Iterable[Enclosure]) -> None:
    for one in files:
        main, sub = one.kind
        mail.add_attachment(one.content(), main, sub, filename=one.name)


def _finish_parts(mail: EmailMessage, message_id: str) -> None:
    """Boundaries that are the same each time, and cannot stand in a part: neither of our encodings writes ``=_``."""
    digest = sha256(message_id.encode()).hexdigest()[:24]
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{digest}_{number}")
        if part is not mail:
            del part["MIME-Version"]  # it is for the whole mail (RFC 2045, 4)
