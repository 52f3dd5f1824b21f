"""Making the mail of one outbound row: built only from rows, so that it is the same each time it is made."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from operator import itemgetter

from flask import render_template
from sqlalchemy import select

from app.cases.links import Purpose, case_address, link_for, secret_of
from app.cases.opening import confirmation_url
from app.cases.posting import alias_in
from app.config import settings
from app.extensions import db
from app.mail.models import InboundEmail, MailPurpose, OutboundEmail
from app.mail.sending.masking import mask
from app.mail.subjects import format_subject
from app.mail.tokens import anchor_id

# The default line length would turn message ids of 78 characters and more into encoded words and so destroy them. The
# lines of a body must be short all the same (RFC 2045, 6.7).
POLICY = SMTP.clone(max_line_length=998)
SHORT_LINES = SMTP.clone(max_line_length=76)
LOOP_HEADER = "X-Casey-Loop"
REMEMBERED = 8
OWN_WORDS = {MailPurpose.CONFIRMATION, MailPurpose.INITIAL, MailPurpose.RECEIPT, MailPurpose.COPY}
# Mail that a stranger may have caused, and its subject: nothing in it was typed by him.
FIXED_WORDS = {
    MailPurpose.CONFIRMATION: "Please confirm your request",
    MailPurpose.RECEIPT: "We have received your message",
    MailPurpose.TOO_LARGE: "Your mail is too large for us",
    MailPurpose.HELD_NOTICE: "A mail is held",
    MailPurpose.STORM_NOTICE: "Too many mails",
    MailPurpose.REFUSED_ORDER: "Nothing was done",
    MailPurpose.UNMASKED_FILE: "A file left as it is",
}
# Whatever leaves without a person having written to its reader. Two Caseys would send each other copies for ever.
MACHINE_MAIL = set(MailPurpose) - {MailPurpose.MESSAGE}


def compose(outbound: OutboundEmail) -> EmailMessage:
    """The mail as it leaves: from the one support address, to one person, with nobody else's address in it."""
    mail = EmailMessage(policy=SHORT_LINES)
    mail["From"] = Address(_sender_name(outbound), addr_spec=settings().mail_address)
    mail["To"] = Address(_reader_name(outbound), addr_spec=outbound.address)
    mail["Reply-To"] = Address(addr_spec=settings().mail_address)
    mail["Subject"] = _subject(outbound)
    mail["Date"] = outbound.created_at
    mail["Message-ID"] = outbound.message_id
    _thread(mail, outbound)
    mail[LOOP_HEADER] = settings().main_domain
    if outbound.purpose in MACHINE_MAIL:
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(_body(outbound), cte="quoted-printable")
    mail.policy = POLICY
    return mail


def _plain(name: str, outbound: OutboundEmail) -> str:
    """A name or a subject fit for a header: one line, nobody's address in it."""
    shown = mask(name, reader=outbound.person, case=outbound.case)
    return "".join(letter if letter.isprintable() else " " for letter in shown).strip()


def _sender_name(outbound: OutboundEmail) -> str:
    if outbound.purpose in OWN_WORDS:
        return ""  # from nobody but us; in a confirmation there must be nothing that a stranger typed
    if outbound.case is None or outbound.post is None:
        return ""
    return _plain(alias_in(outbound.case, outbound.post.author), outbound)


def _reader_name(outbound: OutboundEmail) -> str:
    return "" if outbound.purpose in FIXED_WORDS else _plain(outbound.person.name, outbound)


def _subject(outbound: OutboundEmail) -> str:
    if outbound.case is None:
        return FIXED_WORDS[outbound.purpose]
    if outbound.purpose in FIXED_WORDS:
        return format_subject(outbound.case, FIXED_WORDS[outbound.purpose])
    return format_subject(outbound.case, _plain(outbound.case.subject, outbound))


def _thread(mail: EmailMessage, outbound: OutboundEmail) -> None:
    """References from what this person has seen of the case, and from nothing else."""
    if outbound.case_id is None:
        return
    seen = list(_seen(outbound))
    if seen:
        mail["In-Reply-To"] = seen[-1]
    mail["References"] = " ".join([anchor_id(outbound.case_id, outbound.person_id), *seen])


def _seen(outbound: OutboundEmail) -> Iterator[str]:
    """The ids of the last mails on this case that this person got from us or sent to us, oldest first."""
    got = db.session.execute(
        select(OutboundEmail.created_at, OutboundEmail.message_id, OutboundEmail.relay_message_id)
        .where(OutboundEmail.case_id == outbound.case_id, OutboundEmail.person_id == outbound.person_id)
        .where(OutboundEmail.id < outbound.id)
        .order_by(OutboundEmail.id.desc())
        .limit(REMEMBERED)
    ).all()
    sent = db.session.execute(
        select(InboundEmail.created_at, InboundEmail.message_id)
        .where(InboundEmail.case_id == outbound.case_id, InboundEmail.person_id == outbound.person_id)
        .where(InboundEmail.created_at < outbound.created_at)
        .order_by(InboundEmail.id.desc())
        .limit(REMEMBERED)
    ).all()
    ours = [(at, id) for at, *both in got for id in both if id]  # the one a relay gave stands behind our own
    theirs = [(at, id) for at, id in sent]
    seen = sorted(ours + theirs, key=itemgetter(0))
    return (id for _, id in seen[-REMEMBERED:] if len(id) < 250 and id.startswith("<"))


def _body(outbound: OutboundEmail) -> str:
    if outbound.case is None or outbound.post is None:
        return render_template(f"mail/{outbound.purpose}/body.txt", **outbound.details)
    case, reader = outbound.case, outbound.person
    link = link_for(case, reader, link_purpose(outbound))
    return render_template(
        f"mail/{outbound.purpose}/body.txt",
        case=case,
        writer=_plain(alias_in(case, outbound.post.author), outbound),
        message=mask(outbound.post.body, reader=reader, case=case),
        subject=_plain(case.subject, outbound),
        link=case_address(link) if link.purpose is Purpose.CASE else "",
        confirm_url=confirmation_url(secret_of(link)) if link.purpose is Purpose.CONFIRM else "",
    )


def link_purpose(outbound: OutboundEmail) -> Purpose:
    """Where the link in a mail leads."""
    return Purpose.CONFIRM if outbound.purpose is MailPurpose.CONFIRMATION else Purpose.CASE
