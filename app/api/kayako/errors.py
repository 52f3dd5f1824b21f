"""Errors on Kayako's wire: a code and the vendor's words for each thing that is wrong, and beside them our sentence."""

from collections.abc import Mapping
from typing import Any

from flask import Response, json, request

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

# By the vendor's codes: his words.
MESSAGES: Mapping[str, str] = {
    "FIELD_REQUIRED": "This action requires the field to be specified",
    "FIELD_INVALID": "The value of the field is invalid",
    "FIELD_DUPLICATE": "The value of the field is already used for another resource",
    "FIELD_EMPTY": "The value of the field cannot be empty",
    "ANY_FIELD_REQUIRED": "This action requires any of the related fields to be specified",
    "RESOURCE_ACTION_NOT_AVAILABLE": (
        "Not supported method, misspelled action name or action is not available for the resource"
    ),
    "AUTHENTICATION_FAILED": "Used authentication credentials are invalid or signature verification failed",
    "AUTHORIZATION_REQUIRED": "To perform this action you need to be authorized",
    "PERMISSIONS_DENIED": "The action is not permitted for the user",
    "RESOURCE_NOT_FOUND": "The resource does not exist",
    "METHOD_NOT_SUPPORTED": "HTTP method is not supported or is not allowed for the resource",
    "RESOURCE_MODIFIED": "The resource has been modified",
    "RATE_LIMIT_REACHED": "The rate limit for this action was reached",
    "SESSION_LOADING_FAILED": "The server failed to load the session",
    "NOT_ALLOWED": "The action is not allowed in the present state of the resource",
    "ACTION_FAILED": "The action failed",
}
BY_STATUS = {404: "RESOURCE_NOT_FOUND", 405: "METHOD_NOT_SUPPORTED"}
BY_ERROR: Mapping[type[CaseyError], str] = {
    Unauthorized: "AUTHENTICATION_FAILED",
    Forbidden: "PERMISSIONS_DENIED",
    NotFound: "RESOURCE_NOT_FOUND",
    Conflict: "NOT_ALLOWED",
    PreconditionFailed: "RESOURCE_MODIFIED",
    TooMany: "RATE_LIMIT_REACHED",
}
# What would allow something, and can be nobody else's.
NOBODYS = {"share"}


class NotSignedIn(Unauthorized):
    """Whoever calls says nothing of who he is."""

    code = "AUTHORIZATION_REQUIRED"


class SessionFailed(CaseyError):
    """A session that is over, or somebody else's."""

    status = 454
    code = "SESSION_LOADING_FAILED"


class AnyRequired(Invalid):
    """None of several fields was given, of which one is needed."""

    code = "ANY_FIELD_REQUIRED"


class NotAvailable(CaseyError):
    """What the vendor has and Casey does not do."""

    status = 400
    code = "RESOURCE_ACTION_NOT_AVAILABLE"


class NotAcceptable(CaseyError):
    """The caller takes no JSON."""

    status = 406
    code = "ACTION_FAILED"


def problem(status: int, code: str, detail: str) -> Response:
    """An error of HTTP itself."""
    return _answer(status, [_error(BY_STATUS.get(status, "ACTION_FAILED"), detail)])


def render_error(error: CaseyError) -> Response:
    """An error of the domain; each wrong field is one of its own."""
    if isinstance(error, AnyRequired):
        found = [{**_error(error.code, error.message), "parameters": [*error.fields]}]
    elif _of_fields(error):
        found = [_of_field(error, path, sentence) for path, sentence in error.fields.items()]
    else:
        found = [_error(_code(error), error.told)]
    response = _answer(400 if isinstance(error, Invalid) or _of_fields(error) else error.status, found)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _of_fields(error: CaseyError) -> bool:
    """Whether it is about fields: what is somebody else's is as wrong as any other value of one."""
    taken = isinstance(error, Conflict) and not error.fields.keys() <= NOBODYS
    return taken or (isinstance(error, Invalid) and bool(error.fields))


def _code(error: CaseyError) -> str:
    if error.code in MESSAGES:
        return error.code
    return next((code for kind, code in BY_ERROR.items() if isinstance(error, kind)), "ACTION_FAILED")


def _of_field(error: CaseyError, path: str, sentence: str) -> Json:
    """A field that is missing, empty, somebody else's, or otherwise wrong."""
    if isinstance(error, Conflict):
        code = "FIELD_DUPLICATE"
    elif "required" in sentence:
        code = "FIELD_REQUIRED"
    else:
        code = "FIELD_EMPTY" if "be empty" in sentence else "FIELD_INVALID"
    return {**_error(code, sentence), "parameter": path}


def _error(code: str, detail: str) -> Json:
    more = f"{deployed().base_url}/docs/kayako#{code}"
    return {"code": code, "message": MESSAGES[code], "more_info": more, "detail": detail}


def _answer(status: int, errors: list[Json]) -> Response:
    if request.args.get("_case", "").lower() in {"camel", "pascal"}:
        errors = [{"moreInfo" if name == "more_info" else name: one for name, one in each.items()} for each in errors]
    said = {"status": status, "errors": errors, "notifications": []}
    response = Response(json.dumps(said), status=status, content_type="application/json")
    response.headers["X-API-Version"] = "1"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Casey"'
    return response


def rate(counted: Rate) -> dict[str, int]:
    """How many calls there are a minute and how many are left; and to whoever has none, after how many seconds."""
    later = {} if counted.allowed else {"Retry-After": counted.seconds}
    return {"X-RateLimit-Limit": counted.most, "X-RateLimit-Remaining": counted.left, **later}
