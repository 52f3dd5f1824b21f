"""How routes of Deskie's dialect are declared: what each takes, inside of which envelope, and who may use it.

A view gets what was parsed, calls one verb and shows the result. Around it stands what all have in common: the key, the
transaction, and the answer that is given again to a repeated request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Unpack

from flask import Blueprint, Response, request
from marshmallow import Schema

from app.api import operations
from app.api.brackets import nested
from app.api.deskie.errors import NoEnvelope
from app.api.deskie.schemas.files import WithFiles
from app.api.idempotency import once
from app.api.operations import Answer, Json, View, answer_of, serve_at
from app.api.uploads import files_given
from app.api.wire import FORMS, checked, checked_text, json_body
from app.people.access import Act

__all__ = ["Answer", "Json"]

PREFIX = "/api"

bp = Blueprint("deskie", __name__, url_prefix=PREFIX)


class Options(operations.Options, total=False):
    """What an operation may say of itself; see Operation for what it is where nothing is said."""

    inside: tuple[str, ...]


@dataclass(frozen=True)
class Operation(operations.Operation):
    """One method at one address. What it ``takes`` stands in the body ``inside`` of one of these keys, or is the body
    itself without one.
    """

    act: Act
    inside: tuple[str, ...] = ()


OPERATIONS: list[Operation] = []


def route(rule: str, method: str, act: Act, **options: Unpack[Options]) -> Callable[[View], View]:
    """Declare an operation. The view gets the values of its address, ``new`` where there is a body that was parsed,
    ``asked`` where it asks a query.
    """

    def decorate(view: View) -> View:
        operation = Operation(rule, method, act, view, **options)
        OPERATIONS.append(operation)
        serve_at(bp, [rule], operation, _served(operation))
        return view

    return decorate


def _served(operation: Operation) -> Callable[..., Response]:
    def serve(**address: Any) -> Response:
        for part in address.values():
            checked_text(str(part))
        given = address | _parsed(operation)

        def act() -> Response:
            return answer_of(operation, operation.view(**given))[0]

        return once(act, secret=operation.secret) if operation.writes else act()

    return serve


def _parsed(operation: Operation) -> Json:
    """The query and the body, each as its schema describes it. What the schema does not know is left alone."""
    given: Json = {}
    if operation.asks:
        given["asked"] = checked(operation.asks, _texts(nested(request.args.items(multi=True))))
    if operation.takes:
        given["new"] = _taken(operation, operation.takes)
    return given


def _taken(operation: Operation, takes: type[Schema]) -> Json:
    """The body; where it may have files, with ``files`` beside what was said. These are kept before all else."""
    new = checked(takes, _opened(operation, _said()))
    if not issubclass(takes, WithFiles):
        return new
    return {**new, "files": files_given(new["attachment_urls"], lambda _name: None, field="attachments")}


def _said() -> Any:
    """The body as JSON says it, or a form whose names have brackets."""
    if request.mimetype in FORMS:
        return _texts(nested(request.form.items(multi=True)))
    return json_body()


def _texts(found: Json) -> Json:
    for value in found.values():
        if isinstance(value, dict):
            _texts(value)
        else:
            checked_text(value)
    return found


def _opened(operation: Operation, said: Any) -> Any:
    """What stands inside of the envelope; other keys beside it do not matter. Raises NoEnvelope."""
    if not operation.inside:
        return said
    for name in operation.inside:
        if isinstance(said, dict) and isinstance(said.get(name), dict):
            return said[name]
    raise NoEnvelope(f'The body must be an object with the key "{operation.inside[0]}", which holds another one.')
