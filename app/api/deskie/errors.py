"""Errors on Deskie's wire: ``{"error": "case_not_found"}``, and beside the code a sentence for people."""

from flask import Response, json

from app.api.lenient import tells_empty, tells_missing
from app.api.rates import Rate
from app.errors import Busy, CaseyError, Conflict, Forbidden, Invalid, NotFound


class CaseNotFound(NotFound):
    """There is no such case."""

    code = "case_not_found"


class StaffNotFound(NotFound):
    """There is no such staff member."""

    code = "staff_not_found"


class GroupNotFound(NotFound):
    """There is no such group."""

    code = "group_not_found"


class LabelNotFound(NotFound):
    """There is no such label."""

    code = "label_not_found"


class UserNotFound(NotFound):
    """There is no such user."""

    code = "user_not_found"


class CompanyNotFound(NotFound):
    """There is no such company."""

    code = "company_not_found"


class EmailExists(Conflict):
    """Somebody else has this e-mail address."""

    code = "email_already_exist"


class MessageNotFound(NotFound):
    """There is no such message or note on the case."""

    code = "message_not_found"


class StaffNotActive(Invalid):
    """Somebody of the team who may not write any more."""

    code = "staff_not_active"


class PhoneAlreadyExist(Conflict):
    """Somebody else has this telephone number."""

    code = "phone_already_exist"


class WrongEmail(Invalid):
    """What a user was to be reached at is no e-mail address, or may not be changed any more."""

    code = "wrong_email"


class NoIdentification(Invalid):
    """There is no chat in which a user could be identified."""

    code = "identification_not_supported"


class TooManyCases(Invalid):
    """More cases than one call may change."""

    code = "too_many_cases"


class NoEnvelope(Invalid):
    """A body that is not inside of the object that names what it is."""

    status = 400
    code = "wrong_request"


class NoAccess(Forbidden):
    """The staff member may not do this."""

    code = "staff_has_not_access"


# What the vendor calls what is wrong; for all else the field gives the name.
KNOWN = {"wrong_user_email": "incorrect_user_email"}


def problem(status: int, code: str, detail: str) -> Response:
    """An error as Deskie tells it. ``detail`` is ours: what is wrong, and what would be right."""
    response = Response(json.dumps({"error": code, "detail": detail}), status=status, content_type="application/json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Casey"'
    return response


def render_error(error: CaseyError) -> Response:
    """An error of the domain."""
    response = problem(error.status, code_of(error), error.told)
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def code_of(error: CaseyError) -> str:
    """What Deskie calls an error; a wrong value by its field: ``wrong_priority``, ``empty_subject``."""
    if type(error) is Forbidden:
        return NoAccess.code
    if type(error) is not Invalid or not error.fields:
        return error.code
    path, sentence = next(iter(error.fields.items()))
    field = path.rpartition(".")[2] if not path.rpartition(".")[2].isdecimal() else path.split(".")[-2]
    code = f"{'empty' if tells_missing(sentence) or tells_empty(sentence) else 'wrong'}_{field or 'request'}"
    return KNOWN.get(code, code.lower().replace("-", "_"))  # the name of a header has both


def rate(counted: Rate) -> dict[str, int]:
    """How many calls a minute there are, how many are left, and after how many seconds all are again."""
    return {
        "rate_limit_per_minute": counted.most,
        "api_calls_left": counted.left,
        "retry_after": counted.seconds,
    }
