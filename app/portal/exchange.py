"""Trading the secret of a link for a cookie, so that it leaves the address bar and the browser's history.

The exchange does not use the link up, and the cookie is good for that one page only. It is checked against the link at
every request: a link that was revoked closes the page at once.
"""

from flask import redirect, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.cases.links import Link, check_alive
from app.config import deployed
from app.errors import NotFound
from app.extensions import db

LIFETIME = 12 * 60 * 60
UNOPENED = "Please open this page by the link in your mail."


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(deployed().secret_key, salt="portal")


def exchange(link: Link, path: str) -> Response:
    """Go on to the page at ``path``, with a cookie that opens it."""
    return admitted(link.purpose, link.id, path)


def admitted(purpose: str, value: int, path: str, then: str = "") -> Response:
    """Go on to ``path``, or to what is below it, with a signed cookie for that path alone."""
    response = redirect(path + then, 303)
    response.set_cookie(
        f"casey_{purpose}",
        _signer().dumps([purpose, value]),
        max_age=LIFETIME,
        path=path,
        secure=deployed().secure,
        httponly=True,
        samesite="Lax",
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def opened(purpose: str) -> Link:
    """The link whose cookie this request carries. Raises NotFound without one, Gone when the link is dead."""
    link = db.session.get(Link, admission(purpose))
    if link is None or link.purpose != purpose:
        raise NotFound(UNOPENED)
    check_alive(link)
    return link


def admission(purpose: str) -> int:
    """What the signed cookie for this purpose holds. Raises NotFound without one that is good."""
    try:
        signed_for, value = _signer().loads(request.cookies.get(f"casey_{purpose}", ""), max_age=LIFETIME)
    except BadSignature:
        raise NotFound(UNOPENED) from None
    if signed_for != purpose:
        raise NotFound(UNOPENED)
    return int(value)
