"""How routes of Kayako's dialect are declared: what each takes and asks, which kind of thing it shows, who may use it.

A view gets what was parsed, calls one verb and says what it found; the envelope, what is opened inside of it, and what
tells its versions apart stand here. Every address may end in ``.json``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Unpack

from flask import Blueprint, Response, request

from app.api import operations
from app.api.auth import caller
from app.api.idempotency import once
from app.api.kayako.bodies import asked, said
from app.api.kayako.bodies import wished as wished_for
from app.api.kayako.conditions import check_unchanged, headers_of, unchanged
from app.api.kayako.envelope import Done, Enveloped, Found, enveloped
from app.api.kayako.errors import NotAcceptable
from app.api.kayako.finding import held_for
from app.api.kayako.letters import written
from app.api.kayako.resources import Resource
from app.api.kayako.schemas.files import WithFiles
from app.api.kayako.signing_in import check_scope, session_of
from app.api.kayako.wishes import Wishes, wishes
from app.api.operations import Json, serve_at
from app.api.uploads import uploaded
from app.api.wire import checked, checked_text
from app.config import deployed
from app.people.access import Act
from app.transaction import hold

__all__ = ["PREFIX", "PUBLIC", "Answer", "Json", "bp", "route"]

PREFIX = "/api/v1"
PUBLIC = None

bp = Blueprint("kayako", __name__, url_prefix=PREFIX)

Answer = Found | tuple[Found, int] | Response
View = Callable[..., Answer]


class Options(operations.Options, total=False):
    """What an operation may say of itself; see Operation for what it is where nothing is said."""

    shows: Resource
    many: bool
    either: bool
    scope: str
    gives: str
    parse: Callable[[], Json]


@dataclass(frozen=True)
class Operation(operations.Operation):
    """One method at one address. It ``shows`` things of a kind, one or ``many`` or ``either``, or nothing but that it
    was done; ``gives`` is the kind of content where the answer stands in no envelope.

    ``parse`` reads a body that no schema describes; ``scope`` is what a token must be for.
    """

    view: View
    shows: Resource | None = None
    many: bool = False
    either: bool = False
    scope: str = "conversations"
    gives: str | None = None
    parse: Callable[[], Json] | None = None


OPERATIONS: list[Operation] = []


def route(rule: str, method: str, act: Act | None, **options: Unpack[Options]) -> Callable[[View], View]:
    """Declare an operation. The view gets the values of its address, ``new`` where there is a body that was parsed,
    ``asked`` where it asks a query.
    """

    def decorate(view: View) -> View:
        operation = Operation(rule, method, act, view, **options)
        OPERATIONS.append(operation)
        serve_at(bp, [rule, f"{rule}.json"], operation, _served(operation))
        return view

    return decorate


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**address: Any) -> Response:
        for part in address.values():
            checked_text(str(part))
        if operation.act:
            check_scope(operation.scope, writes=operation.writes)
        session = session_of(caller()) if operation.act else None
        wished = _wishes()
        given = address | _parsed(operation)

        def act() -> Response:
            if operation.writes:
                check_unchanged(lambda: _present(operation, address, wished))
            return _answered(operation, operation.view(**given), wished)

        return _with_session(session, _done(operation, act), wished.letters)

    return serve


def _done(operation: Operation, act: Callable[[], Response]) -> Response:
    """What anybody may call changes nothing, whatever its method."""
    if not operation.writes or operation.act is None:
        return act()
    return once(act, secret=operation.secret)


def _wishes() -> Wishes:
    if not request.accept_mimetypes["application/json"] and request.accept_mimetypes:
        raise NotAcceptable("Answers are JSON: Accept must be application/json or */*.")
    return wishes(wished_for(), request.headers.get("X-Options", ""))


def _parsed(operation: Operation) -> Json:
    """The query and the body, each as its schema describes it. What the schema does not know is left alone."""
    given: Json = {}
    if operation.asks:
        given["asked"] = checked(operation.asks, asked())
    if operation.parse:
        given["new"] = operation.parse()
    if operation.takes:
        given["new"] = checked(operation.takes, said())
        if issubclass(operation.takes, WithFiles):
            given["new"]["files"] = uploaded(lambda _name: None, field="attachment")
    return given


def _answered(operation: Operation, found: Answer, wished: Wishes) -> Response:
    """What a view found, as it is answered: whole, or that it is what the caller has already."""
    if isinstance(found, Response):
        return found
    what, status = found if isinstance(found, tuple) else (found, operation.status)
    answer = enveloped(what, status, wished, base())
    headers = {"X-API-Version": "1", **headers_of(answer)}
    if status == 201 and answer.location:
        headers["Content-Location"] = answer.location
    if answer.next_url:
        headers["Link"] = f'<{answer.next_url}>; rel="next"'
    if not operation.writes and unchanged(headers):
        return Response(status=304, headers=headers)
    return Response(answer.content, status, headers, content_type="application/json")


def base() -> str:
    """Where this dialect answers, as others see it."""
    return deployed().base_url + PREFIX


def _reading(rule: str) -> Operation | None:
    """What shows the thing at an address; where nothing does, that to which it belongs: the case that is trashed."""
    shows = {one.rule: one for one in OPERATIONS if one.method == "GET" and not one.asks}
    while rule and rule not in shows:
        rule = rule.rpartition("/")[0]
    return shows.get(rule)


def _present(operation: Operation, address: Json, wished: Wishes) -> Enveloped | None:
    """What is there before it is changed, for those who change only what they know; nobody else changes it from now on.

    It is read once to find the row, and again once that is held.
    """
    reading = _reading(operation.rule)
    if reading is None:
        return None
    named = {name: one for name, one in address.items() if f"<{name}>" in reading.rule}
    if row := held_for(reading.view(**named), named):
        hold(row)
    found = reading.view(**named)
    assert not isinstance(found, tuple | Response | Done)
    return enveloped(found, 200, wished, base())


def _with_session(session: str | None, response: Response, letters: str) -> Response:
    """Every answer tells whoever signed in the session that he has; it is nothing that an answer is stored with, and
    nor is the version of the API.
    """
    response.headers["X-API-Version"] = "1"
    if session and response.is_json and response.get_data():
        name = written("session_id", letters)
        content, end = response.get_data(), f',"{name}":"{session}"}}'.encode()
        response.response = [content[:-1], end]
        response.content_length = len(content) - 1 + len(end)
    return response
