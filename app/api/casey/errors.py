"""Errors on the native wire: problem+json (RFC 9457)."""

from flask import Response, json

from app.errors import Busy, CaseyError
from app.request_ids import request_id

TITLES = {
    400: "Malformed request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    410: "Gone",
    412: "Another version",
    413: "Too large",
    415: "Unsupported content",
    416: "No such part",
    422: "Invalid value",
    429: "Too many requests",
    503: "Not now",
}


def problem(status: int, code: str, detail: str, **members: object) -> Response:
    """A problem document: ``type``, ``title``, ``status``, ``detail``, our stable ``code``, and what else is known."""
    content = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id(),
        **members,
    }
    response = Response(json.dumps(content), status=status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def render_error(error: CaseyError) -> Response:
    """An error of the domain, with each wrong field as its own entry."""
    fields = [{"field": field, "detail": sentence} for field, sentence in error.fields.items() if field]
    members = {**error.extra, **({"field": fields[0]["field"], "errors": fields} if fields else {})}
    response = problem(error.status, error.code, error.told, **members)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(error.retry_after)
    return response
