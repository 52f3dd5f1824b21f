"""A name for each request (X-Request-Id), the same in its answer, in its errors and in the log."""

import re
from uuid import uuid4

from flask import Flask, g, request
from werkzeug.wrappers import Response

HEADER = "X-Request-Id"
TAKEN = re.compile(r"[A-Za-z0-9._-]{8,128}")


def request_id() -> str:
    """The name of this request: what the caller, or a proxy, gave it; else one of ours."""
    if "request_id" not in g:
        given = request.headers.get(HEADER, "")
        g.request_id = given if TAKEN.fullmatch(given) else uuid4().hex
    found: str = g.request_id
    return found


def name_requests(app: Flask) -> None:
    """Put its name on every answer."""

    @app.after_request
    def named(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        return response
