"""What a mail says: subject, text and HTML, filled into the templates of its purpose."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from app.cases.content import pieces
from app.cases.links import Link, Purpose, case_address, link_for, rating_address, secret_of
from app.cases.models import Case, Post
from app.cases.opening import confirmation_url
from app.cases.posting import alias_in
from app.cases.proposals import proposals_of
from app.cases.ratings import Score
from app.mail.models import MailPurpose, OutboundEmail
from app.mail.sending.composing.enclosing import Enclosure, Enclosures
from app.mail.sending.composing.page import Page
from app.mail.sending.composing.paragraphs import text_as_html
from app.mail.sending.composing.templates import NAMES, NOTHING, mail_template
from app.mail.sending.masking.mask import Mask
from app.mail.subjects import format_subject
from app.people.signing_in import sign_in_address
from app.translating import lazily

# Mail that a stranger may have caused: nothing in it was typed by him.
FIXED_WORDS = {MailPurpose.CONFIRMATION, MailPurpose.RECEIPT, MailPurpose.TOO_LARGE, MailPurpose.SIGN_IN}

LEADS = {MailPurpose.CONFIRMATION: Purpose.CONFIRM, MailPurpose.RATING: Purpose.RATE}
CHOICES = {Score.HIGH: lazily("Very good"), Score.MIDDLE: lazily("All right"), Score.LOW: lazily("Not good")}
MOST_PROPOSALS = 10
LONGEST_PREVIEW = 120
TOLD_AS = {"from": "sender", "subject": "about"}


@dataclass(frozen=True)
class Wording:
    """A mail in words. ``pictures`` are those that its HTML shows."""

    subject: str
    text: str
    html: str
    pictures: list[Enclosure]


def one_line(text: str) -> str:
    """What is fit for a header: printable, in one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def word(outbound: OutboundEmail, mask: Mask, enclosed: Enclosures) -> Wording:
    """Say it in the words of the templates."""
    values = _case_values(outbound, mask) | _notice_values(outbound, mask) | _sign_in_values(outbound)
    if outbound.post is None:
        excerpt = text_as_html(str(values.get("excerpt", "")))
        return _worded(outbound, values, values | {"excerpt": excerpt}, [])
    text, left_out = visible_text(outbound.post)
    text = mask(text)
    values |= _post_values(outbound, outbound.post, mask, enclosed) | {"preview": _preview(text)}
    html, html_left_out, pictures = _as_html(outbound.post, text, left_out, mask, enclosed)
    in_text = values | {"message": text, "left_out": left_out}
    return _worded(outbound, in_text, values | {"message": html, "left_out": html_left_out}, pictures)


def _worded(
    outbound: OutboundEmail, in_text: Mapping[str, object], in_html: Mapping[str, object], pictures: list[Enclosure]
) -> Wording:
    subject = one_line(_filled(outbound, "subject.txt", in_text))
    return Wording(
        format_subject(outbound.case, subject) if outbound.case else subject,
        _filled(outbound, "body.txt", in_text),
        _filled(outbound, "body.html", in_html),
        pictures,
    )


def _filled(outbound: OutboundEmail, part: str, values: Mapping[str, object]) -> str:
    """Only what this kind of mail may say is there to be said."""
    known = {name: values.get(name, NOTHING.get(name, "")) for name in NAMES[outbound.purpose]}
    return mail_template(outbound.purpose, part).render(known)


def _case_values(outbound: OutboundEmail, mask: Mask) -> dict[str, object]:
    if outbound.case is None:
        return {}
    link = link_for(outbound.case, outbound.person, link_purpose(outbound.purpose))
    return {
        "reference": outbound.case.reference,
        "subject": one_line(mask(outbound.case.subject)),
        "link": case_address(link) if link.purpose is Purpose.CASE else "",
        "choices": _choices(link),
        "confirm_url": confirmation_url(secret_of(link)) if link.purpose is Purpose.CONFIRM else "",
    }


def _choices(link: Link) -> list[dict[str, str]]:
    """Each score with the address that brings it along."""
    rates = link.purpose is Purpose.RATE
    return [{"name": words, "url": rating_address(link, score)} for score, words in CHOICES.items()] if rates else []


def _notice_values(outbound: OutboundEmail, mask: Mask) -> dict[str, object]:
    """What a notice tells of the mail it is about. Its subject and sender have names of their own beside the case's."""
    told = {name: mask(value) if isinstance(value, str) else value for name, value in outbound.details.items()}
    return {TOLD_AS.get(name, name): value for name, value in told.items()}


def _sign_in_values(outbound: OutboundEmail) -> dict[str, object]:
    """The link is made here, so that it stands in no row."""
    if outbound.purpose is not MailPurpose.SIGN_IN:
        return {}
    return {"link": sign_in_address(UUID(outbound.details["sign_in"]))}


def _post_values(outbound: OutboundEmail, post: Post, mask: Mask, enclosed: Enclosures) -> dict[str, object]:
    assert outbound.case is not None
    return {
        "writer": one_line(mask(alias_in(outbound.case, post.author, reader=outbound.person))),
        "files": enclosed.linked,
        "missing_files": enclosed.left_out,
    } | (_proposed(outbound.case) if outbound.person.team else {})


def _proposed(case: Case) -> dict[str, object]:
    """The newest proposals, and how many more there are."""
    found = proposals_of(case)
    newest = [{"name": one_line(one.name), "address": one.address} for one in found[-MOST_PROPOSALS:]]
    more = len(found) - len(newest)
    return {"proposals": newest, "more_proposals": str(more) if more else ""}


def visible_text(post: Post) -> tuple[str, bool]:
    """What is new in a post, and whether anything was left out."""
    parts = pieces(post.body, post.visible)
    if not any(part.quoted for part in parts):
        return post.body, False
    return "\n\n".join(part.text.strip("\n") for part in parts if not part.quoted), True


def _preview(text: str) -> str:
    """How it begins, for the lists of mails."""
    return textwrap.shorten(one_line(text[: 2 * LONGEST_PREVIEW]), LONGEST_PREVIEW, placeholder=" ...")


def _as_html(
    post: Post, text: str, left_out: bool, mask: Mask, enclosed: Enclosures
) -> tuple[Markup, bool, list[Enclosure]]:
    """The message in HTML, whether anything was left out of it, and the pictures it shows."""
    if not post.html:
        return text_as_html(text), left_out, []
    page = Page(post.html)
    dropped = page.drop_quotes()
    pictures = page.show_pictures(enclosed.pictures())
    page.fit()
    page.mask(mask)
    return page.html(), dropped, pictures


def link_purpose(purpose: MailPurpose) -> Purpose:
    """Where the link in a mail leads."""
    return LEADS.get(purpose, Purpose.CASE)
