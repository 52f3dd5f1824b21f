"""How routes of the native API are declared: what each takes, what it answers, and who may use it.

A view gets what was parsed, calls one verb and shows the result. Around it stands what all have in common: the key, the
transaction, the answer that is given again to a repeated request, and the versions that If-Match names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Unpack
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from marshmallow import Schema

from app.api import operations
from app.api.auth import caller, check_allowed
from app.api.casey.schemas.fields import Empty, Unasked
from app.api.casey.schemas.files import FILES, WithFiles, content_id
from app.api.casey.versions import check_version, named_by, version_of
from app.api.idempotency import once
from app.api.operations import Answer, Json, View, answer_of, serve_at
from app.api.uploads import files_given, form_members, is_form
from app.api.wire import body, checked, checked_text, json_body, query
from app.config import deployed
from app.people.access import Act
from app.transaction import hold

__all__ = ["Answer", "Json"]

PREFIX = "/api/casey/v1"

bp = Blueprint("casey", __name__, url_prefix=PREFIX)


class Options(operations.Options, total=False):
    """What an operation may say of itself; see Operation for what it is where nothing is said."""

    several: bool
    reads: str | tuple[str, ...]
    parse: Callable[[], Any]
    gives: str | tuple[str, ...]
    transacted: bool
    also: tuple[int, ...]


@dataclass(frozen=True)
class Operation(operations.Operation):
    """One method at one address. ``several`` says that a list of such bodies is taken too.

    ``reads`` and ``gives`` name the kinds of content where body or answer is no JSON, or a JSON of its own; ``parse``
    makes something of a body that is more than its schema. One that is not ``transacted`` opens its transactions
    itself, and so does a dry run, which takes back all it does. ``also`` lists errors that it meets besides those which
    all of its kind do.
    """

    several: bool = False
    reads: str | tuple[str, ...] | None = None
    parse: Callable[[], Any] | None = None
    gives: str | tuple[str, ...] | None = None
    transacted: bool = True
    also: tuple[int, ...] = ()

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
        addresses = {rule, rule.replace("/cases/<uuid:uuid>", "/case/<uuid:uuid>", 1)}
        serve_at(bp, addresses, operation, _served(operation))
        return view

    return decorate


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**address: Any) -> Response:
        for part in address.values():
            checked_text(str(part))
        given = address | _parsed(operation)
        if operation.method == "PATCH" and not given["new"]:
            _check_may_read(operation)

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
    """The body; where it may have files, also out of a form, with ``files`` beside what was said.

    These are kept and fetched before the transaction is opened.
    """
    if not issubclass(takes, WithFiles):
        return body(takes)
    new = checked(takes, form_members() if is_form() else json_body())
    return {**new, "files": files_given(new.get("attachment_urls", ()), content_id, field=FILES)}


def _answer(operation: Operation, found: Answer) -> Response:
    response, content = answer_of(operation, found)
    if content is None:
        return response
    if response.status_code in {200, 201}:
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
    """What that one would answer at this moment; nobody else changes it from now on."""
    shown = shown_by(operation)
    row = named_by(operation.rule, address) if shown else None
    if row:
        hold(row)
    found = shown.view(**address) if shown else None
    return found if isinstance(found, dict) else None
