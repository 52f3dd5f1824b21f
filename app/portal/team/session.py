"""Who of the team is at the browser. Every page of the team, those of operators included, stands on this.

A blueprint below ``/team`` is guarded as a whole::

    bp = Blueprint("mailboxes", __name__, url_prefix="/team/operator/mailboxes")
    guard(bp, Act.READ_CONFIG)

Nobody reaches a view of it without a session: he is sent to the page where one signs in, and from there back. Nobody
reaches it either whose role does not allow the act: he gets a page that says so (403). What he does is noted as coming
from his address.

A view says who that is by ``member()``, and ``member(act)`` where it needs more than its blueprint does. Both look him
up anew, so that a view which changes something asks within its transaction. Show pages by ``team_page``
(``app.portal.team.pages``), which says who is signed in and leads to the other pages.
"""

import logging
from contextlib import ExitStack
from urllib.parse import quote, urlsplit

from flask import Blueprint, Flask, g, redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.config import deployed
from app.database import HURRIED
from app.errors import Forbidden, Unauthorized
from app.extensions import db
from app.origin import coming_from
from app.people.access import Act, can
from app.people.models import Person
from app.people.sessions import LONGEST, TeamSession, live_session, mark_session_used
from app.people.signing_in import LONGEST_WAY
from app.transaction import transaction
from app.translating import lazily

COOKIE, PATH = "casey_team", "/team"
BY_ITSELF = "X-Casey-Live"

log = logging.getLogger(__name__)


class SignInNeeded(Unauthorized):
    """Nobody of the team is signed in here; the answer is the page where one signs in."""


def member(act: Act | None = None) -> Person:
    """Who is signed in. Raises SignInNeeded without a session, Forbidden when his role does not allow the act."""
    session = present_session()
    if session is None:
        raise SignInNeeded("Please sign in first.")
    if act is not None and not can(session.person.role, act):
        raise Forbidden(lazily("This page needs more rights than you have. Please ask whoever runs Casey here."))
    return session.person


def present_session() -> TeamSession | None:
    """The live session of this browser, if it has one: looked up anew in each transaction, and once in it."""
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    known, here = g.get("team_session"), db.session().get_transaction()
    if known is None or here is None or known[0] is not here:
        found = live_session(secret)
        known = g.team_session = db.session().get_transaction(), found
    session: TeamSession | None = known[1]
    return session


def guard(bp: Blueprint, act: Act | None = None) -> None:
    """Let only members whose role allows the act reach this blueprint, and note from where they come."""

    @bp.before_request
    def only_for_members() -> None:
        member(act)
        _note_use()
        g.team_origin = ExitStack()
        g.team_origin.enter_context(coming_from(None, request.remote_addr))

    @bp.teardown_request
    def leave(_error: BaseException | None) -> None:
        g.pop("team_origin", ExitStack()).close()


def _note_use() -> None:
    """Once a minute, and not for a page that looks by itself whether it is up to date (live.js).

    Nobody waits or gets an error for it.
    """
    session = present_session()
    if session is None or not session.stale or BY_ITSELF in request.headers:
        return
    try:
        with transaction(patience=HURRIED):
            mark_session_used(session)
    except SQLAlchemyError as error:
        log.info("the use of a session was not noted: %s", type(error).__name__)


def handed(response: Response, secret: str) -> Response:
    """Give a browser what it shows from now on."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(LONGEST.total_seconds()),
        path=PATH,
        secure=deployed().secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def taken_away(response: Response) -> Response:
    """Let a browser forget it."""
    response.delete_cookie(COOKIE, path=PATH, secure=deployed().secure, httponly=True, samesite="Lax")
    return response


def way_back(wanted: str | None) -> str:
    """The page of the team somebody wanted, and never a place elsewhere."""
    where = urlsplit(wanted or "")
    ours = not where.scheme and not where.netloc and f"{where.path}/".startswith(f"{PATH}/")
    plain = ours and "\\" not in where.path and ".." not in where.path and len(wanted or "") <= LONGEST_WAY
    return f"{where.path}?{where.query}".rstrip("?") if plain else PATH


def send_to_sign_in(_error: SignInNeeded) -> Response:
    """The way to the page where one signs in, and back. What a form held is lost, and its page is not known."""
    wanted = way_back(request.full_path if request.method in {"GET", "HEAD"} else PATH)
    return redirect(f"{PATH}/sign-in" + (f"?next={quote(wanted, safe='/')}" if wanted != PATH else ""), 303)


def register(app: Flask) -> None:
    """Send whoever has not signed in to where he can."""
    app.register_error_handler(SignInNeeded, send_to_sign_in)
