"""Addresses at which something is wrong, each in its own way, and which route has shown a page."""

from flask import Flask, request
from werkzeug.wrappers import Response

from app.errors import Busy, CaseyError, Conflict, Forbidden, Gone, Invalid, Malformed, NotFound, TooLarge, TooMany

SHOWN_BY = "X-Shown-By"
WRONG: tuple[CaseyError, ...] = (
    Malformed("The request cannot be understood."),
    Forbidden("This page needs more rights than you have. Please ask whoever runs Casey here."),
    NotFound("Please open this page by the link in your mail."),
    Conflict("The case is closed, and closed cases cannot be reopened here."),
    Gone("This link has expired."),
    TooLarge("The request is too large."),
    Invalid("This must be one of the choices."),
    TooMany("Many messages came from where you are. Please wait a minute."),
    Busy("The database is too busy at this moment, and nothing was changed. Please try again in a few seconds."),
)


def let_go_wrong(app: Flask) -> None:
    """Let what is asked for at ``/wrong/404`` and the like be wrong; what has no error of ours is unexpected."""

    @app.get("/wrong/<int:status>")
    def wrong(status: int) -> str:
        raise next((one for one in WRONG if one.status == status), RuntimeError("Nobody expected this."))


def let_tell_who_shows(app: Flask) -> None:
    """Let each page tell by which route it is shown."""

    @app.after_request
    def tell(response: Response) -> Response:
        if response.mimetype == "text/html" and request.endpoint and not 300 <= response.status_code < 400:
            response.headers[SHOWN_BY] = request.endpoint
        return response
