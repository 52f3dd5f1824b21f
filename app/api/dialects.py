"""Which dialect answers where."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, request

from app.api import casey
from app.api.auth import credentials
from app.api.casey import errors as casey_errors
from app.api.compression import compress
from app.api.cross_origin import allow_origin
from app.api.rates import count_call, show_rate
from app.errors import CaseyError


@dataclass(frozen=True)
class Dialect:
    """One wire: where it lives, its routes, and its two ways to say that something went wrong."""

    prefix: str
    blueprint: Blueprint
    error: Callable[[CaseyError], Response]
    problem: Callable[[int, str, str], Response]


DIALECTS = (Dialect(casey.PREFIX, casey.bp, casey_errors.render_error, casey_errors.problem),)


def register(app: Flask) -> None:
    """Put every dialect into the application, and around all of them what they have in common."""
    for dialect in DIALECTS:
        app.register_blueprint(dialect.blueprint)
    app.before_request(_arrived)
    app.after_request(_answered)


def _arrived() -> None:
    if dialect_at(request.path) and request.method != "OPTIONS":
        count_call()


def _answered(response: Response) -> Response:
    return compress(allow_origin(show_rate(_private(response)))) if dialect_at(request.path) else response


def _private(response: Response) -> Response:
    """Answers are for their caller alone: what he read may be asked for again by its version, all else is not kept."""
    reads = request.method in {"GET", "HEAD"} and response.status_code < 400
    response.headers.setdefault("Cache-Control", "private, no-cache" if reads else "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def dialect_at(path: str) -> Dialect | None:
    """The dialect of an address, by the longest prefix; the native one for what is only near; None outside the API."""
    inside = [one for one in DIALECTS if path == one.prefix or path.startswith(f"{one.prefix}/")]
    if not inside and path.startswith("/api/"):
        return DIALECTS[0]
    return max(inside, key=lambda one: len(one.prefix), default=None)


def dialect_spoken() -> Dialect | None:
    """The dialect of this request: that of its address, or the native one for a key that came to a wrong address."""
    found = dialect_at(request.path)
    return found or (DIALECTS[0] if credentials()[0] == "bearer" else None)
