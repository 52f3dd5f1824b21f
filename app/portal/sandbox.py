"""The sandbox: every mailbox of a world without mail servers, to be looked into and answered from.

It exists only while no real mail server is configured, and opens by a link that the operator sees when Casey starts.
"""

import hmac
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.config import deployed, settings
from app.errors import NotFound
from app.extensions import db
from app.mail.deciding.batches import decide_mailbox
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import SANDBOX
from app.mail.models import InboundEmail, SandboxEmail
from app.mail.sandbox import mailbox_names, mails_to, sandbox_secret, written_by
from app.portal.exchange import admission, admitted
from app.portal.forms import Letter
from app.portal.pages import page
from app.text import storable
from app.transaction import transaction

PURPOSE = "sandbox"
LARGEST_ID = 2**31 - 1  # what the database can be asked for

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


def _read(mail: SandboxEmail) -> EmailMessage:
    found = message_from_bytes(mail.content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def _possible(id: int) -> int:
    """The id, or one that no row has."""
    return id if 0 < id <= LARGEST_ID else 0


def _mail(id: int) -> SandboxEmail:
    found = db.session.get(SandboxEmail, _possible(id))
    if found is None:
        raise NotFound("There is no such mail.")
    return found


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
    mails = [(one, _read(one)) for one in mails_to(storable(address))]
    return page("sandbox/mailbox.html", address=address, mails=mails)


@bp.get("/mails/<int:id>")
def mail(id: int) -> Response:
    """One mail as its reader sees it, its source, and a form to answer it."""
    found = _mail(id)
    subject = str(_read(found)["Subject"])
    answered = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    return _shown(found, Letter(formdata=None, address=found.address, subject=answered))


def _shown(found: SandboxEmail, form: Letter, status: int = 200) -> Response:
    read = _read(found)
    part = read.get_body(("plain",))
    return page("sandbox/mail.html", status, mail=found, read=read, text=part.get_content() if part else "", form=form)


@bp.post("/write")
def write() -> AnyResponse:
    """Send a mail to the support address as anybody; it enters as real mail does."""
    form = Letter()
    answered = request.args.get("answering", type=int)
    answering = _mail(answered) if answered is not None else None
    if not form.validate_on_submit():
        return _shown(answering, form, 422) if answering else _mailboxes(form, 422)
    raw = written_by(
        form.address.data or "",
        form.subject.data or "",
        form.message.data or "",
        answering=_read(answering) if answering else None,
    )
    with transaction():
        inbound = take_in_directly(SANDBOX, raw)
        inbound_id, mailbox_id = inbound.id, inbound.mailbox_id
    decide_mailbox(mailbox_id)
    return redirect(f"/sandbox/received/{inbound_id}", 303)


@bp.get("/received/<int:id>")
def received(id: int) -> Response:
    """What was decided about a mail, and why."""
    inbound = db.session.get(InboundEmail, _possible(id))
    if inbound is None or inbound.mailbox.name != SANDBOX:
        raise NotFound("There is no such mail.")
    return page("sandbox/received.html", inbound=inbound)
