"""Which dialect answers where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, g, request

from app.api import casey, deskie, kayako
from app.api.auth import basic, bearer, credentials
from app.api.casey import answers as casey_answers
from app.api.casey import errors as casey_errors
from app.api.cross_origin import allow_origin
from app.api.deskie import errors as deskie_errors
from app.api.kayako import errors as kayako_errors
from app.api.kayako.signing_in import sign_in as kayako_sign_in
from app.api.rates import Rate, count_call, rate
from app.compression import compress
from app.errors import CaseyError
from app.people.credentials import ApiKey


@dataclass(frozen=True)
class Dialect:
    """One wire: below which address it answers, its routes, how callers sign in, its two ways to say that something
    went wrong, by which headers it says how many calls are left, and where its calls are listed."""

    prefix: str
    blueprint: Blueprint
    sign_in: Callable[[], ApiKey]
    error: Callable[[CaseyError], Response]
    problem: Callable[[int, str, str], Response]
    rate: Callable[[Rate], Mapping[str, object]]
    listed: str


DIALECTS = (
    Dialect(
        prefix="/api/casey",
        blueprint=casey.bp,
        sign_in=bearer,
        error=casey_errors.render_error,
        problem=casey_errors.problem,
        rate=casey_answers.rate,
        listed=f"All calls are below {casey.PREFIX}, and /docs lists them.",
    ),
    Dialect(
        prefix=deskie.PREFIX,
        blueprint=deskie.bp,
        sign_in=basic,
        error=deskie_errors.render_error,
        problem=deskie_errors.problem,
        rate=deskie_errors.rate,
        listed=f"Deskie's calls are below {deskie.PREFIX}, and /docs/deskie lists them; our own are at /docs.",
    ),
    Dialect(
        prefix=kayako.PREFIX,
        blueprint=kayako.bp,
        sign_in=kayako_sign_in,
        error=kayako_errors.render_error,
        problem=kayako_errors.problem,
        rate=kayako_errors.rate,
        listed=f"Kayako's calls are below {kayako.PREFIX}, and /docs/kayako lists them; our own are at /docs.",
    ),
)


def register(app: Flask) -> None:
    """Put every dialect into the application, and around all of them what they have in common."""
    for dialect in DIALECTS:
        app.register_blueprint(dialect.blueprint)
    app.before_request(_arrived)
    app.after_request(_answered)


def _arrived() -> None:
    dialect = dialect_at(request.path)
    if dialect:
        g.sign_in = dialect.sign_in
    if dialect and request.method != "OPTIONS":
        count_call()


def _answered(response: Response) -> Response:
    dialect = dialect_at(request.path)
    return compress(allow_origin(_rated(_private(response), dialect))) if dialect else response


def _rated(response: Response, dialect: Dialect) -> Response:
    """Say how many calls are left, and after how many seconds all are again."""
    counted = rate()
    for name, value in dialect.rate(counted).items() if counted else ():
        response.headers[name] = str(value)
    return response


def _private(response: Response) -> Response:
    """Answers are for their caller alone: what he read may be asked for again by its version, all else is not kept."""
    reads = request.method in {"GET", "HEAD"} and response.status_code < 400
    response.headers.setdefault("Cache-Control", "private, no-cache" if reads else "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def dialect_at(path: str) -> Dialect | None:
    """The dialect of an address, by the longest prefix; None outside the API."""
    inside = [one for one in DIALECTS if path == one.prefix or path.startswith(f"{one.prefix}/")]
    return max(inside, key=lambda one: len(one.prefix), default=None)


def dialect_spoken() -> Dialect | None:
    """The dialect of this request: that of its address, or the native one for a key that came to a wrong address."""
    found = dialect_at(request.path)
    return found or (DIALECTS[0] if credentials().scheme == "bearer" else None)
