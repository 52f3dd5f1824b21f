"""What the routes of every dialect have in common: how an operation is described, who reaches it, and how it answers.

Each dialect has a ``route`` of its own, which says how it reads what is asked and what it does around the view.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from flask import Blueprint, Response, json
from marshmallow import Schema

from app.api.auth import needs
from app.people.access import Act
from app.transaction import retried

WRITES = {"POST", "PUT", "PATCH", "DELETE"}

Json = dict[str, Any]
Answer = Json | tuple[Json, int] | Response
View = Callable[..., Answer]


class Options(TypedDict, total=False):
    """What an operation may say of itself; see Operation for what it is where nothing is said."""

    takes: type[Schema]
    asks: type[Schema]
    answers: type[Schema]
    status: int
    secret: bool


@dataclass(frozen=True)
class Operation:
    """One method at one address; without an ``act`` it needs no key, and the view itself sees to who may use it.

    ``takes`` is the schema of the body, ``asks`` that of the query, ``answers`` the shape of the answer. The answer of
    one that is ``secret`` is never stored.
    """

    rule: str
    method: str
    act: Act | None
    view: Callable[..., Any]
    takes: type[Schema] | None = None
    asks: type[Schema] | None = None
    answers: type[Schema] | None = None
    status: int = 200
    secret: bool = False

    @property
    def writes(self) -> bool:
        return self.method in WRITES


def serve_at(bp: Blueprint, addresses: Iterable[str], operation: Operation, serve: Callable[..., Response]) -> None:
    """Serve an operation at these addresses: to whoever may do it, and once more where others got in its way."""
    guarded = needs(operation.act)(retried(serve)) if operation.act else serve
    for address in addresses:
        bp.add_url_rule(
            address,
            endpoint=f"{operation.method.lower()}:{address.removesuffix('.json')}",
            view_func=guarded,
            methods=[operation.method],
            merge_slashes=False,
        )


def answer_of(operation: Operation, found: Answer) -> tuple[Response, Json | None]:
    """The answer that a view gave, and the JSON in it."""
    if isinstance(found, Response):
        return found, None
    content, status = found if isinstance(found, tuple) else (found, operation.status)
    return Response(json.dumps(content), status=status, content_type="application/json"), content
