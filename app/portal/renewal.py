"""The page of a link that has ended: a new one can be asked for, and the answer is the same for every address."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.cases.link_requests import ask_for_link
from app.cases.links import Link, known_link
from app.errors import Gone, NotFound
from app.extensions import db
from app.people.addresses import clean_address
from app.portal.exchange import UNOPENED, admission, admitted
from app.portal.forms import Renewal
from app.portal.pages import page
from app.queue import enqueue
from app.transaction import retried, transaction

RENEWAL = "renewal"
OPENED_BY = ("case", "rate")

bp = Blueprint("renewal", __name__)


def ended(_error: Gone) -> AnyResponse:
    """A link has ended: take its secret out of the address, and offer a new one."""
    secret = (request.view_args or {}).get("secret")
    link_id = known_link(secret) if secret else _opened()
    return admitted(RENEWAL, link_id or 0, "/new-link")


def _opened() -> int:
    """The link by which this reader came, while it was good."""
    for purpose in OPENED_BY:
        if f"casey_{purpose}" in request.cookies:
            return admission(purpose)
    raise NotFound(UNOPENED)


@bp.get("/new-link")
def show() -> Response:
    """Say that the link has ended, and offer a new one."""
    _dead_link()
    return page("ended.html", 410, form=Renewal(formdata=None))


@bp.post("/new-link")
@retried
def ask() -> AnyResponse:
    """Note the wish. What the address is to the case, a job finds out."""
    form, dead = Renewal(), _dead_link()
    if not form.validate_on_submit():
        return page("ended.html", 422, form=form)
    address = clean_address(form.address.data or "")
    with transaction():
        asked = ask_for_link(dead, address)
        if asked is not None:
            enqueue("mail.answer_link_request", asked)
    return redirect("/new-link/sent", 303)


def _dead_link() -> Link:
    link = db.session.get(Link, admission(RENEWAL))
    if link is None:
        raise NotFound(UNOPENED)
    return link


@bp.get("/new-link/sent")
def sent() -> Response:
    """The same for everybody."""
    return page("renewed.html")
