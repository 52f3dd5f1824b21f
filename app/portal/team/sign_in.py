"""Signing in and out. A mailed link leads to a page with a button; only pressing it signs in, and uses the link up.

The link opens only in the browser that asked for it, which keeps a secret of its own in a cookie meanwhile.
"""

import secrets

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.config import deployed
from app.errors import CaseyError, Gone, NotFound
from app.mail.sending.signing_in import ask_for_link
from app.origin import client_at, coming_from
from app.people.sessions import begin_session, end_session
from app.people.signing_in import ENDED, LIFETIME, SignIn, sign_in_by_id, sign_in_by_secret, use_up
from app.portal.exchange import admission, admitted
from app.portal.pages import page
from app.portal.team.forms import AskForLink
from app.portal.team.pages import Button
from app.portal.team.session import handed, present_session, taken_away, way_back
from app.text import storable
from app.transaction import transaction

PURPOSE = "sign_in"
ASKED_WITH = "casey_asked_with"

bp = Blueprint("sign_in", __name__, url_prefix="/team")


@bp.get("/sign-in")
def ask() -> Response:
    """Ask for an address."""
    return _ask(AskForLink(next=way_back(request.args.get("next"))))


def _ask(form: AskForLink, status: int = 200, *, ended: str | None = None) -> Response:
    return page("team/sign_in.html", status, form=form, ended=ended)


@bp.post("/sign-in")
def send() -> AnyResponse:
    """Mail a link. The answer, and the time it takes, is the same whoever has the address."""
    form = AskForLink()
    if not form.validate_on_submit():
        return _ask(form, 422)
    address, client = storable(form.address.data or ""), client_at(request.remote_addr or "")
    browser = _browser() or secrets.token_urlsafe(32)
    with transaction():
        ask_for_link(address, client=client, browser=browser, way_back=way_back(storable(form.next.data or "")))
    return _remembered(redirect("/team/sign-in/sent", 303), browser)


def _browser() -> str:
    """The secret of the browser that asks, if it has asked before."""
    return request.cookies.get(ASKED_WITH, "")


def _remembered(response: AnyResponse, browser: str) -> AnyResponse:
    """Whoever asks gets it, so that it says nothing of who is known here."""
    response.set_cookie(
        ASKED_WITH,
        browser,
        max_age=int(LIFETIME.total_seconds()),
        path="/team/sign-in",
        secure=deployed().secure,
        httponly=True,
        samesite="Lax",
    )
    return response


@bp.get("/sign-in/sent")
def sent() -> Response:
    """What to do now."""
    return page("team/sent.html")


@bp.get("/sign-in/<secret>")
def arrive(secret: str) -> AnyResponse:
    """Take the secret out of the address."""
    try:
        return admitted(PURPOSE, sign_in_by_secret(secret, browser=_browser()).id, "/team/sign-in/enter")
    except Gone as error:
        return _ended(error)


def _ended(error: CaseyError) -> Response:
    """One answer for links that were used, whose time is over, and that never were."""
    return _ask(AskForLink(formdata=None, next="/team"), 410, ended=error.message if isinstance(error, Gone) else ENDED)


@bp.get("/sign-in/enter")
def enter() -> AnyResponse:
    """Who is about to sign in, and the button."""
    try:
        return _enter(_admitted())
    except (Gone, NotFound) as error:
        return _ended(error)


def _admitted() -> SignIn:
    return sign_in_by_id(admission(PURPOSE), browser=_browser())


def _enter(asked: SignIn, status: int = 200) -> Response:
    return page("team/enter.html", status, reader=asked.person, form=Button())


@bp.post("/sign-in/enter")
def begin() -> AnyResponse:
    """Sign in. A link works once; pressing twice leads the same way."""
    try:
        if not (form := Button()).validate_on_submit():
            return page("team/enter.html", 422, reader=_admitted().person, form=form)
        return _begin()
    except (Gone, NotFound) as error:
        return redirect("/team", 303) if present_session() else _ended(error)


def _begin() -> AnyResponse:
    with transaction(), coming_from(None, request.remote_addr):
        asked = _admitted()
        person, earlier, where = use_up(asked), present_session(), way_back(asked.way_back)
        if earlier is not None:
            end_session(earlier, by=earlier.person)
        browser = storable(request.user_agent.string)
        _, secret = begin_session(person, browser=browser, ip_address=request.remote_addr)
    return handed(redirect(where, 303), secret)


@bp.post("/sign-out")
def sign_out() -> AnyResponse:
    """Sign out. Doing so twice changes nothing."""
    if not Button().validate_on_submit():
        return redirect("/team", 303)
    with transaction(), coming_from(None, request.remote_addr):
        session = present_session()
        if session is not None:
            end_session(session, by=session.person)
    response = taken_away(redirect("/team/sign-in", 303))
    response.headers["Clear-Site-Data"] = '"storage"'  # drafts that this browser has kept
    return response
