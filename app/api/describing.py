"""What the OpenAPI documents of the dialects have in common: how operations are named, and where they stand."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from apispec.ext.marshmallow.common import resolve_schema_cls

from app.api.idempotency import HEADER, KEY
from app.api.operations import Json, Operation

One = TypeVar("One", bound=Operation)

PART = re.compile(r"<(\w+)>")
IDEMPOTENCY: Json = {
    "in": "header",
    "name": HEADER,
    "description": "A name of your own for this request, so that it is done once however often it is sent.",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$", "examples": ["order-4711"]},
}


def schema_name(schema: Any) -> str:
    """What a schema is called: as its class is."""
    cls = resolve_schema_cls(schema)
    assert isinstance(cls, type)
    return cls.__name__


def name_of(operation: One, operations: Sequence[One]) -> str:
    """The operationId. A view that answers at two addresses has one for each."""
    number = [one for one in operations if one.view is operation.view].index(operation)
    name = f"{operation.view.__module__.rpartition('.')[2]}.{operation.view.__name__}"
    return f"{name}_{number + 1}" if number else name


def named(operation: One, operations: Sequence[One]) -> Json:
    """By which names an operation is found, and the sentence that its view begins with."""
    name = name_of(operation, operations)
    summary = (operation.view.__doc__ or "").partition("\n")[0]
    return {"operationId": name, "tags": [name.partition(".")[0]], "summary": summary}


def paths_of(operations: Sequence[One], describe: Callable[[One], Json]) -> dict[str, Json]:
    """The operations as they are described, by path and method."""
    paths: dict[str, Json] = {}
    for one in operations:
        paths.setdefault(PART.sub(r"{\1}", one.rule), {})[one.method.lower()] = describe(one)
    return paths
