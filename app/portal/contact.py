"""The contact form, on a page of its own or in a frame of the operator's site; and the script that puts it there.

Whatever becomes of a message, the answer is the same, so that nobody learns by it who is known here.
"""

from contextlib import suppress
from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.cases.contacting import Unwelcome, ask_by_form, offered_fields, offered_form
from app.cases.content import Content, NewFile
from app.config import settings
from app.errors import NotFound, TooMany
from app.files.storing import keep
from app.portal.callers import count
from app.portal.contact_forms import Contact, contact_form, said_in
from app.portal.contact_token import Refusal, read_token
from app.portal.pages import language_of, page
from app.transaction import retried, transaction
from app.translating import lazily

MOST_A_MINUTE = 5
LARGEST_FORM = 12 * 1024 * 1024
WIDGET_KEPT = "public, max-age=3600"

bp = Blueprint("contact", __name__)


@bp.before_request
def only_where_it_is_wanted() -> None:
    """Raises NotFound unless the operator has turned it on."""
    request.max_content_length = LARGEST_FORM
    if not settings().contact_form:
        raise NotFound("There is nothing at this address.")


@bp.get("/widget.js")
def widget() -> Response:
    """The script for the operator's site: a button that opens the form in a frame."""
    script = current_app.send_static_file("widget.js")
    script.headers["Cache-Control"] = WIDGET_KEPT
    script.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return script


@bp.get("/new")
def show() -> Response:
    """The form, empty."""
    form = contact_form(offered_fields(offered_form(_wanted())))
    form.renew()
    return _page(form)


@bp.post("/new")
@retried
def send() -> AnyResponse:
    """Take a message. A program that fills in the trap is told what people are told."""
    wanted = offered_form(_wanted())
    fields = offered_fields(wanted)
    form = contact_form(fields)
    valid, once = form.validate_on_submit(), read_token(form.token.data or "")
    if not valid or isinstance(once, Refusal):
        return _again(form, once if isinstance(once, Refusal) else None)
    try:
        count("contact", MOST_A_MINUTE, lazily("Many messages came from where you are. Please wait a minute."))
    except TooMany as error:
        return _page(form, 429, refused=error.message)
    if not form.website.data:
        files = _files(form)
        with suppress(Unwelcome), transaction():
            ask_by_form(
                form.address.data or "",
                form.name.data or "",
                form.subject.data or "",
                form.message.data or "",
                once=once,
                form=wanted,
                fields=said_in(form, fields),
                content=Content(files=files),
                language=language_of(None),
            )
    return redirect(url_for("contact.sent", **_frame()), 303)


@bp.get("/new/sent")
def sent() -> Response:
    """Say that a mail is under way, whether or not it is."""
    return page(
        "contact_sent.html", framed_by=_framers(), embedded=bool(_frame()), again=url_for("contact.show", **_frame())
    )


def _again(form: Contact, refusal: Refusal | None) -> Response:
    """The form as it was filled in, to be sent once more."""
    sentences = {
        Refusal.OLD: lazily("This page had been open for too long. Please press the button once more."),
        Refusal.QUICK: lazily("That was very quick. Please press the button once more in a moment."),
    }
    if refusal is Refusal.OLD:
        form.renew()
    return _page(form, 422, refused=sentences[refusal] if refusal and not form.errors else None)


def _page(form: Contact, status: int = 200, *, refused: str | None = None) -> Response:
    wanted: dict[str, Any] = {"form": _wanted()} if _wanted() else {}
    action = url_for("contact.send", **wanted, **_frame())
    return page(
        "contact.html", status, form=form, action=action, refused=refused, framed_by=_framers(), embedded=bool(_frame())
    )


def _files(form: Contact) -> tuple[NewFile, ...]:
    """Those that were chosen, stored already: before anybody waits for the database, and whoever it is that writes."""
    chosen = [one for one in form.files.data or [] if one and one.filename]
    return tuple(NewFile(one.filename, one.mimetype, keep(cast(BinaryIO, one.stream))) for one in chosen)


def _wanted() -> int | None:
    return request.args.get("form", type=int)


def _frame() -> dict[str, Any]:
    """What an address says of a page that is to stand in a frame."""
    return {"embedded": "1"} if request.args.get("embedded") == "1" else {}


def _framers() -> tuple[str, ...]:
    return settings().contact_origins if _frame() else ()
