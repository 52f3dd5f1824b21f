"""Errors on Kayako's wire: a code and the vendor's words for each thing that is wrong, and beside them our sentence."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, json, request

from app.api.kayako.bodies import wished
from app.api.kayako.codes import MESSAGES
from app.api.kayako.letters import LETTERS, SNAKE, lettered
from app.api.lenient import tells_empty, tells_missing
from app.api.rates import Rate
from app.config import deployed
from app.errors import (
    Busy,
    CaseyError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    TooMany,
    Unauthorized,
)

Json = dict[str, Any]

DIALECT = "kayako"  # as its blueprint is called

BY_STATUS = {404: "RESOURCE_NOT_FOUND", 405: "METHOD_NOT_SUPPORTED"}
BY_ERROR: Mapping[type[CaseyError], str] = {
    Unauthorized: "AUTHENTICATION_FAILED",
    Forbidden: "PERMISSIONS_DENIED",
    NotFound: "RESOURCE_NOT_FOUND",
    Conflict: "NOT_ALLOWED",
    PreconditionFailed: "RESOURCE_MODIFIED",
    TooMany: "RATE_LIMIT_REACHED",
}
# What a caller has to agree to; there is nobody else who has it.
CONSENTS = frozenset({"share"})


class NotSignedIn(Unauthorized):
    """Whoever calls says nothing of who he is."""

    code = "AUTHORIZATION_REQUIRED"


class SessionFailed(CaseyError):
    """A session that is over, or somebody else's."""

    status = 454
    code = "SESSION_LOADING_FAILED"


class AnyRequired(Invalid):
    """None of these fields came, of which any would do."""

    code = "ANY_FIELD_REQUIRED"

    def __init__(self, *names: str) -> None:
        super().__init__(f"One of these fields is required: {', '.join(names)}.")
        self.names = names


class NotAvailable(CaseyError):
    """An address below a resource that there is, which names neither one thing nor anything that can be done."""

    status = 400
    code = "RESOURCE_ACTION_NOT_AVAILABLE"


class NotAcceptable(CaseyError):
    """The caller takes no JSON."""

    status = 406
    code = "ACTION_FAILED"


def problem(status: int, code: str, detail: str) -> Response:
    """An error of HTTP itself; below a resource that there is, an address without a call names an unknown action."""
    if status == 404 and request.url_rule is None and _resource(request.path) in _resources():
        return _answer(NotAvailable.status, [_error(NotAvailable.code, detail)])
    return _answer(status, [_error(BY_STATUS.get(status, "ACTION_FAILED"), detail)])


def _resources() -> set[str]:
    """What addresses of this dialect begin with."""
    return {_resource(one.rule) for one in current_app.url_map.iter_rules() if one.endpoint.startswith(f"{DIALECT}.")}


def _resource(path: str) -> str:
    return path.split("/")[3].removesuffix(".json") if path.count("/") > 2 else ""


def render_error(error: CaseyError) -> Response:
    """An error of the domain; each wrong field is one of its own."""
    if error.fields and (isinstance(error, Invalid) or _taken(error)):
        found = [_of_field(error, path, sentence) for path, sentence in error.fields.items()]
    else:
        found = [_error(_code(error), error.told) | _names(error)]
    of_fields = isinstance(error, Invalid) or "parameter" in found[0]
    response = _answer(400 if of_fields else error.status, found)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _names(error: CaseyError) -> Json:
    return {"parameters": [*error.names]} if isinstance(error, AnyRequired) else {}


def _taken(error: CaseyError) -> bool:
    """Whether another thing has a value already."""
    return isinstance(error, Conflict) and not error.fields.keys() <= CONSENTS


def _code(error: CaseyError) -> str:
    if error.code in MESSAGES:
        return error.code
    return next((code for kind, code in BY_ERROR.items() if isinstance(error, kind)), "ACTION_FAILED")


def _of_field(error: CaseyError, path: str, sentence: str) -> Json:
    """A field that is missing, empty, somebody else's, or otherwise wrong."""
    if isinstance(error, Conflict):
        code = "FIELD_DUPLICATE"
    elif tells_missing(sentence):
        code = "FIELD_REQUIRED"
    else:
        code = "FIELD_EMPTY" if tells_empty(sentence) else "FIELD_INVALID"
    return {**_error(code, sentence), "parameter": path}


def _error(code: str, detail: str) -> Json:
    more = f"{deployed().base_url}/docs/kayako#{code}"
    return {"code": code, "message": MESSAGES[code], "more_info": more, "detail": detail}


def _answer(status: int, errors: list[Json]) -> Response:
    letters = wished().get("_case", "").lower()
    said = {"status": status, "errors": errors, "notifications": []}
    told = lettered(said, letters if letters in LETTERS else SNAKE)
    response = Response(json.dumps(told), status=status, content_type="application/json")
    response.headers["X-API-Version"] = "1"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Casey"'
    return response


def rate(counted: Rate) -> dict[str, int]:
    """How many calls there are a minute and how many are left; and to whoever has none, after how many seconds."""
    later = {} if counted.allowed else {"Retry-After": counted.seconds}
    return {"X-RateLimit-Limit": counted.most, "X-RateLimit-Remaining": counted.left, **later}
