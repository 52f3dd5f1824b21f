"""How routes of the native API are declared: what each takes, what it answers, and who may use it.

A view gets what was parsed, calls one verb and shows the result. Around it stands what all have in common: the key, the
transaction, the answer that is given again to a repeated request, and the versions that If-Match names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, json, request
from marshmallow import Schema

from app.api.auth import needs
from app.api.casey.schemas.fields import Empty, Unasked
from app.api.casey.versions import check_version, version_of
from app.api.idempotency import once
from app.api.wire import body, query
from app.config import deployed
from app.people.access import Act
from app.transaction import retried

PREFIX = "/api/casey/v1"
WRITES = {"POST", "PUT", "PATCH", "DELETE"}

bp = Blueprint("casey", __name__, url_prefix=PREFIX)

Json = dict[str, Any]
Answer = Json | tuple[Json, int] | Response
View = Callable[..., Answer]


@dataclass(frozen=True)
class Operation:
    """One method at one address. ``takes`` is the schema of the body, ``asks`` that of the query, ``answers`` the shape
    of the answer; ``raw`` names the kind of content where body or answer is no JSON, or a JSON of its own.

    One that is not ``transacted`` opens its transactions itself; the answer of one that is ``secret`` is never stored.
    ``also`` lists errors that this operation meets besides those which all of its kind do.
    """

    rule: str
    method: str
    act: Act
    view: View
    takes: type[Schema] | None
    asks: type[Schema] | None
    answers: type[Schema] | None
    status: int
    reads: str | None
    gives: str | None
    transacted: bool
    secret: bool
    also: tuple[int, ...]

    @property
    def writes(self) -> bool:
        return self.method in WRITES


OPERATIONS: list[Operation] = []


def route(
    rule: str,
    method: str,
    act: Act,
    *,
    takes: type[Schema] | None = None,
    asks: type[Schema] | None = None,
    answers: type[Schema] | None = None,
    status: int = 200,
    reads: str | None = None,
    gives: str | None = None,
    transacted: bool = True,
    secret: bool = False,
    also: tuple[int, ...] = (),
) -> Callable[[View], View]:
    """Declare an operation. What is below ``/cases/{uuid}`` is below ``/case/{uuid}`` too.

    The view gets the values of its address, ``new`` where it takes a body, ``asked`` where it asks a query. One that
    ``reads`` a content of its own reads the request itself; one that ``gives`` one answers with a Response.
    """

    def decorate(view: View) -> View:
        operation = Operation(
            rule, method, act, view, takes, asks, answers, status, reads, gives, transacted, secret, also
        )
        OPERATIONS.append(operation)
        guarded = needs(act)(retried(_served(operation)))
        for address in {rule, rule.replace("/cases/<uuid:uuid>", "/case/<uuid:uuid>", 1)}:
            bp.add_url_rule(address, endpoint=f"{method.lower()}:{address}", view_func=guarded, methods=[method])
        return view

    return decorate


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**address: Any) -> Response:
        given = address | _parsed(operation)

        def act() -> Response:
            if operation.writes:
                check_version(lambda: _shown(operation, address))
            return _answer(operation, operation.view(**given))

        if operation.writes and operation.transacted:
            return once(act, secret=operation.secret)
        return act()

    return serve


def _parsed(operation: Operation) -> Json:
    """The query and the body, each as its schema describes it. What was not asked for is refused."""
    given: Json = {}
    asked = query((operation.asks or Unasked)())
    if operation.asks:
        given["asked"] = asked
    if operation.takes:
        given["new"] = body(operation.takes())
    elif operation.writes and not operation.reads:
        body(Empty(), optional=True)
    return given


def _answer(operation: Operation, found: Answer) -> Response:
    if isinstance(found, Response):
        return found
    content, status = found if isinstance(found, tuple) else (found, operation.status)
    response = Response(json.dumps(content), status=status, content_type="application/json")
    if status in {200, 201}:
        response.set_etag(version_of(content))
    if content.get("next") and not operation.writes:
        response.headers["Link"] = f'<{_following(content["next"])}>; rel="next"'
    if not operation.writes:
        response.make_conditional(request)
    return response


def _following(cursor: str) -> str:
    """The address of the page behind this one."""
    return f"{deployed().base_url}{request.path}?{urlencode({**request.args.to_dict(), 'cursor': cursor})}"


def _shown(operation: Operation, address: Json) -> Json | None:
    """What GET at the same address, or at that of the thing a call acts on, would answer at this moment."""
    rules = {one.rule: one for one in OPERATIONS if one.method == "GET" and one.asks is None and not one.gives}
    shown = rules.get(operation.rule) or rules.get(operation.rule.rpartition("/")[0])
    if shown is None:
        return None
    found = shown.view(**address)
    return found if isinstance(found, dict) else None
