"""The one place where errors become answers: each dialect renders its own, the portal shows a page.

Blueprints never see unknown addresses and wrong methods, so this stands above them all.
"""

import logging

from flask import Flask, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, SecurityError
from werkzeug.wrappers import Response

from app.api.dialects import dialect_at, dialect_spoken
from app.api.missing import no_such_call
from app.database import gave_up
from app.errors import Busy, CaseyError
from app.portal.pages import error_page

log = logging.getLogger(__name__)

SENTENCES = {
    400: "The request cannot be understood.",
    404: "There is nothing at this address.",
    413: "The request is too large.",
    500: "Something went wrong on our side. It has been written down; please try again.",
}

TOO_SLOW = "The database is too busy at this moment, and nothing was changed. Please try again in a few seconds."

UNKNOWN_HOST = (
    "Casey does not answer to this host name. Whoever runs it names the host in CASEY_BASE_URL or CASEY_TRUSTED_HOSTS."
)


def register(app: Flask) -> None:
    """Answer every error there can be."""
    app.register_error_handler(CaseyError, _of_the_domain)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(OperationalError, _of_the_database)
    app.register_error_handler(Exception, _unexpected)


def _of_the_domain(error: CaseyError) -> Response:
    dialect = dialect_at(request.path)
    return dialect.error(error) if dialect else error_page(error.status, error.message)


def _of_the_database(error: OperationalError) -> Response:
    """What took too long may go well in a moment; everything else is unexpected."""
    if not gave_up(error):
        return _unexpected(error)
    log.warning("the database gave up route=%s error=%s", request.url_rule, type(error.orig).__name__)
    return _of_the_domain(Busy(TOO_SLOW))


def _of_http(error: HTTPException) -> Response:
    """Keeps the status and its headers, such as Allow; redirects pass through."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    code = error.name.lower().replace(" ", "_")
    dialect = dialect_spoken()
    sentence = (
        no_such_call(dialect.listed) if dialect and status == 404 and not request.url_rule else _sentence(error, status)
    )
    answer: Response = dialect.problem(status, code, sentence) if dialect else _page(error, status, sentence)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _sentence(error: HTTPException, status: int) -> str:
    if isinstance(error, SecurityError):
        return UNKNOWN_HOST
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        taken = sorted(set(error.valid_methods) - {"HEAD", "OPTIONS"})
        return f"This address takes only {', '.join(taken)}."
    return SENTENCES.get(status, error.description or "")


def _page(error: HTTPException, status: int, sentence: str) -> Response:
    if isinstance(error, SecurityError):
        # A page holds links, and none can be made below a host name that is not ours.
        return Response(sentence, status, content_type="text/plain; charset=utf-8")
    return error_page(status, sentence)


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected error route=%s", request.url_rule)
    return _of_http(InternalServerError())
