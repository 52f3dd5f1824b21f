"""The sandbox: every mailbox of a world without mail servers, to be looked into and answered from.

It exists only while no real mail server is configured, and opens by a link that the operator sees when Casey starts.
"""

import hmac

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.config import deployed, settings
from app.errors import NotFound
from app.extensions import db
from app.mail.deciding.batches import decide_mailbox
from app.mail.deciding.reasons import SENTENCES, admissible
from app.mail.inbound import inbound_page
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import SANDBOX
from app.mail.models import InboundEmail, SandboxEmail
from app.mail.sandbox import mailbox_names, mails_to, quoted_below, sandbox_secret, written_by
from app.portal.exchange import admission, admitted
from app.portal.forms import Letter
from app.portal.pages import page
from app.portal.sandbox_reading import Reading
from app.text import storable
from app.transaction import transaction

PURPOSE = "sandbox"
LARGEST_ID = 2**31 - 1  # what the database can be asked for
VIEWS = ("text", "html", "source")
RECEIVED = 50

bp = Blueprint("sandbox", __name__, url_prefix="/sandbox")


@bp.before_request
def only_for_the_operator() -> None:
    """Raises NotFound as soon as a real mail server is configured, and without the operator's link."""
    if not settings().sandbox:
        raise NotFound("There is nothing at this address.")
    if request.endpoint != "sandbox.arrive":
        _check_admission()


def _check_admission() -> None:
    try:
        admission(PURPOSE)
    except NotFound:
        raise NotFound("Please open the sandbox by the link that `casey sandbox` prints.") from None


@bp.get("/open/<secret>")
def arrive(secret: str) -> AnyResponse:
    """Take the secret out of the address."""
    if not hmac.compare_digest(secret.encode(), sandbox_secret(deployed()).encode()):
        raise NotFound("This link is not known.")
    return admitted(PURPOSE, 0, "/sandbox/")


def _possible(id: int) -> int:
    """The id, or one that no row has."""
    return id if 0 < id <= LARGEST_ID else 0


def _reading(id: int) -> Reading:
    found = db.session.get(SandboxEmail, _possible(id))
    if found is None:
        raise NotFound("There is no such mail.")
    return Reading(found)


@bp.get("/")
def mailboxes() -> Response:
    """Every mailbox, and a form to write to the support address as anybody."""
    return _mailboxes(Letter(formdata=None))


def _mailboxes(form: Letter, status: int = 200) -> Response:
    known = mailbox_names()
    return page("sandbox/mailboxes.html", status, mailboxes=known, support=settings().mail_address, form=form)


@bp.get("/mailboxes/<path:address>")
def mailbox(address: str) -> Response:
    """The mails in one mailbox."""
    return page("sandbox/mailbox.html", address=address, mails=[Reading(one) for one in mails_to(storable(address))])


@bp.get("/mails/<int:id>")
def mail(id: int) -> Response:
    """One mail as its reader sees it, as text, HTML or source, and a form to answer it."""
    found = _reading(id)
    subject = str(found.mail["Subject"])
    answered = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    return _shown(found, Letter(formdata=None, address=found.row.address, subject=answered))


def _shown(found: Reading, form: Letter, status: int = 200) -> Response:
    usual = "html" if found.has_html else "text"
    asked = request.args.get("view", usual)
    return page(
        "sandbox/mail.html", status, frames=True, found=found, view=asked if asked in VIEWS else usual, form=form
    )


@bp.get("/mails/<int:id>/html")
def html(id: int) -> Response:
    """The HTML of a mail, for the frame that shows it."""
    return _reading(id).html()


@bp.get("/mails/<int:id>/files/<int:number>")
def file(id: int, number: int) -> Response:
    """A file in a mail."""
    found = _reading(id).file(number)
    if found is None:
        raise NotFound("There is no such file.")
    return found


@bp.post("/write")
def write() -> AnyResponse:
    """Send a mail to the support address as anybody; it enters as real mail does."""
    form = Letter()
    answered = request.args.get("answering", type=int)
    answering = _reading(answered) if answered is not None else None
    if not form.validate_on_submit():
        return _shown(answering, form, 422) if answering else _mailboxes(form, 422)
    with transaction():
        inbound = take_in_directly(SANDBOX, _letter(form, answering))
        inbound_id, mailbox_id = inbound.id, inbound.mailbox_id
    decide_mailbox(mailbox_id)
    return redirect(f"/sandbox/received/{inbound_id}", 303)


def _letter(form: Letter, answering: Reading | None) -> bytes:
    text = form.message.data or ""
    return written_by(
        form.address.data or "",
        form.subject.data or "",
        quoted_below(text, answering.mail, answering.text) if answering and form.quote.data else text,
        answering=answering.mail if answering else None,
        files=[(one.filename, one.read()) for one in form.files.data or [] if one and one.filename],
    )


@bp.get("/received")
def arrived() -> Response:
    """What was mailed to the support address, the latest first, and what became of it."""
    before = request.args.get("before", type=int)
    found = inbound_page(outcome=None, before=_possible(before) if before is not None else None, limit=RECEIVED)
    return page("sandbox/arrived.html", mails=found, more=found[-1].id if len(found) == RECEIVED else None)


@bp.get("/received/<int:id>")
def received(id: int) -> Response:
    """What was decided about a mail, and why."""
    inbound = db.session.get(InboundEmail, _possible(id))
    if inbound is None:
        raise NotFound("There is no such mail.")
    return page(
        "sandbox/received.html",
        inbound=inbound,
        why=SENTENCES.get(inbound.reason or ""),
        admissible=admissible(inbound.reason or ""),
        source=inbound.raw.content.decode("utf-8", "replace"),
    )
