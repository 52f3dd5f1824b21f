"""The confirmation page. Looking at it confirms nothing, since programs that check mail open every link."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.cases.links import Link, Purpose, link_by_secret
from app.cases.opening import confirm_by
from app.cases.queries import first_post
from app.errors import CaseyError, Conflict, Gone, NotFound
from app.portal.exchange import UNOPENED, exchange, opened
from app.portal.forms import Confirm
from app.portal.pages import page, said_in
from app.transaction import retried, transaction

EXCERPT = 600

bp = Blueprint("confirm", __name__)


@bp.get("/confirm/<code>")
def arrive(code: str) -> AnyResponse:
    """Take the code out of the address."""
    return exchange(link_by_secret(code, Purpose.CONFIRM), "/confirm")


@bp.get("/confirm")
def show() -> Response:
    """Ask, or say that it is confirmed."""
    return _ask(opened(Purpose.CONFIRM), Confirm())


def _ask(link: Link, form: Confirm, status: int = 200) -> Response:
    case = link.case
    if case.confirmed_at is not None:
        return _confirmed(link)
    if case.discarded:
        raise Gone("This case no longer waits to be confirmed.")
    text = first_post(case).body
    excerpt = text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()} …"
    return page("confirm.html", status, reader=link.person, case=case, excerpt=excerpt, form=form)


def _confirmed(link: Link) -> Response:
    by_reader, already = link.used_at is not None, request.args.get("said") != "confirmed"
    return page("confirmed.html", reader=link.person, case=link.case, already=already, by_reader=by_reader)


@bp.post("/confirm")
@retried
def confirm() -> AnyResponse:
    """Confirm. A second time changes nothing and says so."""
    form = Confirm()
    if not form.validate_on_submit():
        return _ask(opened(Purpose.CONFIRM), form, 422)
    try:
        with transaction():
            confirm_by(opened(Purpose.CONFIRM))
    except Conflict:
        return redirect("/confirm", 303)
    return redirect("/confirm?said=confirmed", 303)


@bp.errorhandler(Gone)
@bp.errorhandler(NotFound)
def ended(error: CaseyError) -> Response:
    """A link that leads nowhere: which one it is, and what can be done."""
    return page("confirm_ended.html", error.status, why=_why(error), sentence=said_in(None, error.message))


def _why(error: CaseyError) -> str:
    if isinstance(error, NotFound):
        return "unopened" if error.message == UNOPENED else "unknown"
    return "expired" if "expired" in error.message else "discarded"
