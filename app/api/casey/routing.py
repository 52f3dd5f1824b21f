"""How routes of the native API are declared: what each takes, what it answers, and who may use it.

A view gets what was parsed, calls one verb and shows the result. Around it stands what all have in common: the key, the
transaction, the answer that is given again to a repeated request, and the versions that If-Match names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack
from urllib.parse import urlencode

from flask import Blueprint, Response, json, request
from marshmallow import Schema

from app.api.auth import caller, check_allowed, needs
from app.api.casey.schemas.fields import Empty, Unasked
from app.api.casey.schemas.files import FILES, WithFiles, content_id
from app.api.casey.versions import check_version, version_of
from app.api.idempotency import answered_before, once
from app.api.uploads import add_fetched, form_members, is_form, uploaded
from app.api.wire import body, checked, checked_text, json_body, query
from app.config import deployed
from app.people.access import Act
from app.transaction import retried

PREFIX = "/api/casey/v1"
WRITES = {"POST", "PUT", "PATCH", "DELETE"}

bp = Blueprint("casey", __name__, url_prefix=PREFIX)

Json = dict[str, Any]
Answer = Json | tuple[Json, int] | Response
View = Callable[..., Answer]


class Options(TypedDict, total=False):
    """What an operation may say of itself; see Operation for what it is where nothing is said."""

    takes: type[Schema]
    several: bool
    asks: type[Schema]
    answers: type[Schema]
    status: int
    reads: str | tuple[str, ...]
    parse: Callable[[], Any]
    gives: str | tuple[str, ...]
    transacted: bool
    secret: bool
    also: tuple[int, ...]


@dataclass(frozen=True)
class Operation:
    """One method at one address. ``takes`` is the schema of the body, ``asks`` that of the query, ``answers`` the shape
    of the answer. ``several`` says that a list of such bodies is taken too.

    ``reads`` and ``gives`` name the kinds of content where body or answer is no JSON, or a JSON of its own; ``parse``
    makes something of a body that is more than its schema. One that is not ``transacted`` opens its transactions
    itself, and so does a dry run, which takes back all it does; the answer of one that is ``secret`` is never stored.
    ``also`` lists errors that it meets besides those which all of its kind do.
    """

    rule: str
    method: str
    act: Act | None
    view: View
    takes: type[Schema] | None = None
    several: bool = False
    asks: type[Schema] | None = None
    answers: type[Schema] | None = None
    status: int = 200
    reads: str | tuple[str, ...] | None = None
    parse: Callable[[], Any] | None = None
    gives: str | tuple[str, ...] | None = None
    transacted: bool = True
    secret: bool = False
    also: tuple[int, ...] = ()

    @property
    def writes(self) -> bool:
        return self.method in WRITES

    @property
    def with_files(self) -> bool:
        return self.takes is not None and issubclass(self.takes, WithFiles)


OPERATIONS: list[Operation] = []


def route(rule: str, method: str, act: Act | None, **options: Unpack[Options]) -> Callable[[View], View]:
    """Declare an operation. What is below ``/cases/{uuid}`` is below ``/case/{uuid}`` too.

    Without an ``act`` it needs no key; the view itself sees to who may use it. The view gets the values of its address,
    ``new`` where there is a body that was parsed, ``asked`` where it asks a query.
    """

    def decorate(view: View) -> View:
        operation = Operation(rule, method, act, view, **options)
        OPERATIONS.append(operation)
        guarded = needs(act)(retried(_served(operation))) if act else _served(operation)
        for address in {rule, rule.replace("/cases/<uuid:uuid>", "/case/<uuid:uuid>", 1)}:
            bp.add_url_rule(
                address,
                endpoint=f"{method.lower()}:{address}",
                view_func=guarded,
                methods=[method],
                merge_slashes=False,
            )
        return view

    return decorate


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**address: Any) -> Response:
        for part in address.values():
            checked_text(str(part))
        given = address | _parsed(operation)
        if operation.method == "PATCH" and not given["new"]:
            _check_may_read(operation)
        if operation.with_files:
            _fetch_files(given["new"])

        def act() -> Response:
            if operation.writes:
                check_version(lambda: _shown(operation, address))
            return _answer(operation, operation.view(**given))

        if operation.writes and operation.transacted and not given.get("asked", {}).get("dry_run"):
            return once(act, secret=operation.secret)
        return act()

    return serve


def _check_may_read(operation: Operation) -> None:
    """A change of nothing shows what is there and does no more: it needs what GET needs at the same address."""
    for one in OPERATIONS:
        if (one.rule, one.method) == (operation.rule, "GET") and one.act:
            check_allowed(caller(), one.act)


def _parsed(operation: Operation) -> Json:
    """The query and the body, each as its schema describes it. What was not asked for is refused."""
    given: Json = {}
    asked = query(operation.asks or Unasked)
    if operation.asks:
        given["asked"] = asked
    if operation.parse:
        given["new"] = operation.parse()
    elif operation.takes:
        given["new"] = _taken(operation.takes)
    elif operation.writes and not operation.reads:
        body(Empty, optional=True)
    return given


def _taken(takes: type[Schema]) -> Json:
    """The body; where it may have files, also out of a form, with ``files`` beside what was said."""
    if not issubclass(takes, WithFiles):
        return body(takes)
    new = checked(takes, form_members() if is_form() else json_body())
    return {**new, "files": uploaded(content_id, field=FILES) if is_form() else []}


def _fetch_files(new: Json) -> None:
    """Fetch what the body names by address, outside the transaction; not again for a request that was answered."""
    if new.get("attachment_urls") and not answered_before():
        add_fetched(new["files"], new["attachment_urls"])


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


def shown_by(operation: Operation) -> Operation | None:
    """The one whose answer has the version that If-Match names: GET at the same address, or at that of the thing which
    a call acts on."""
    rules = {one.rule: one for one in OPERATIONS if one.method == "GET" and one.asks is None and not one.gives}
    return rules.get(operation.rule) or rules.get(operation.rule.rpartition("/")[0])


def _shown(operation: Operation, address: Json) -> Json | None:
    """What that one would answer at this moment."""
    shown = shown_by(operation)
    found = shown.view(**address) if shown else None
    return found if isinstance(found, dict) else None
