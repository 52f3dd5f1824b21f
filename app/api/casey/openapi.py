"""The OpenAPI document of the native API (3.1), made of its operations: nothing in it is written down twice."""

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.common import resolve_schema_cls
from marshmallow import INCLUDE, Schema, fields

from app.api.casey.described.examples import example_of, part_of_address
from app.api.casey.described.links import PART, links_of, name_of
from app.api.casey.described.schemas import Plugin
from app.api.casey.errors import TITLES
from app.api.casey.routing import OPERATIONS, PREFIX, Json, Operation, shown_by
from app.api.idempotency import HEADER, KEY
from app.people.access import NEEDED

VERSION = "1.0.0"
ALWAYS = (400, 401, 403, 422, 429, 503)
# What the server in front of the application says to requests that it does not let in.
AT_THE_DOOR = {414: "The address is too long.", 431: "The headers are too long."}
DESCRIPTION = (
    "Support cases over HTTP and by e-mail. Every call needs an API key, sent as `Authorization: Bearer ck_...`; the "
    "first one is printed when Casey starts for the first time. Every error is a problem document (RFC 9457) with a "
    "stable `code`. Every write may carry an `Idempotency-Key`; every answer carries a version, which `If-Match` names "
    "where it can."
)
REPEATED: Json = {
    "in": "header",
    "name": HEADER,
    "description": "A name of your own for this request, so that it is done once however often it is sent.",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$", "examples": ["order-4711"]},
}
VERSION_HELD: Json = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag of the only version that is to be changed, or * for any.",
    "schema": {"type": "string", "examples": ["*"]},
}
FORM: Json = {
    "type": "object",
    "properties": {
        "json": {"type": "string", "description": "The body as JSON; each further field is a member of it."},
        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
    },
}


class WrongField(Schema):
    """One wrong value, by its path."""

    field = fields.String(required=True)
    detail = fields.String(required=True)


class Problem(Schema):
    """What went wrong (RFC 9457), and whatever else is known about it."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable, for programs."})
    detail = fields.String(required=True, metadata={"description": "A sentence for people."})
    request_id = fields.String(required=True, metadata={"description": "What the log calls this request."})
    field = fields.String(metadata={"description": "The path of the first wrong value."})
    errors = fields.List(fields.Nested(WrongField))


def _name(schema: Any) -> str:
    cls = resolve_schema_cls(schema)
    assert isinstance(cls, type)
    return cls.__name__


@cache
def document() -> Json:
    """The whole document."""
    spec = APISpec(
        title="Casey",
        version=VERSION,
        openapi_version="3.1.1",
        info={"description": DESCRIPTION},
        servers=[{"url": PREFIX}],
        security=[{"key": []}],
        plugins=[Plugin(schema_name_resolver=_name)],
    )
    spec.components.security_scheme(
        "link",
        {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Link, and the secret of a link."},
    )
    spec.components.security_scheme("key", {"type": "http", "scheme": "bearer", "description": "An API key: ck_..."})
    paths: dict[str, Json] = {}
    for one in OPERATIONS:
        paths.setdefault(_path(one.rule), {})[one.method.lower()] = _operation(one)
    for path, operations in paths.items():
        spec.path(path=path, operations=operations)
    found: Json = spec.to_dict()
    return found


def _path(rule: str) -> str:
    return PART.sub(r"{\2}", rule)


def _operation(operation: Operation) -> Json:
    told: Json = {
        "operationId": name_of(operation),
        "tags": [name_of(operation).partition(".")[0]],
        "summary": (operation.view.__doc__ or "").partition("\n")[0],
        "description": f"From the role {NEEDED[operation.act]} on." if operation.act else "For whoever holds a link.",
        "parameters": [*_parameters(operation)],
        "responses": _responses(operation),
    }
    if operation.act is None:
        told["security"] = [{"link": []}]
    content = _body(operation)
    return {**told, "requestBody": content} if content else told


def _parameters(operation: Operation) -> list[Json]:
    found: list[Json] = [
        {"in": "path", "name": name, "required": True, "schema": part_of_address(kind, name)}
        for kind, name in PART.findall(operation.rule)
    ]
    if operation.asks:
        found.append({"in": "query", "schema": operation.asks})
    if operation.writes:
        found += [REPEATED, VERSION_HELD] if shown_by(operation) else [REPEATED]
    return found


def _body(operation: Operation) -> Json | None:
    if operation.takes:
        form = {"multipart/form-data": {"schema": FORM}} if operation.with_files else {}
        one: Any = operation.takes
        schema = {"oneOf": [one, {"type": "array", "items": one, "minItems": 1}]} if operation.several else one
        taken = {"schema": schema, "example": example_of(operation.takes)}
        return {"required": True, "content": {"application/json": taken, **form}}
    if operation.reads:
        return {"required": True, "content": _any_of(operation.reads)}
    return None


def _any_of(kinds: str | tuple[str, ...]) -> Json:
    """Contents of these kinds, which are described no further."""
    return {kind: {} for kind in ((kinds,) if isinstance(kinds, str) else kinds)}


def _responses(operation: Operation) -> Json:
    given = _any_of(operation.gives) if operation.gives else {"application/json": {"schema": operation.answers}}
    links = links_of(operation, OPERATIONS)
    leads = {"links": links} if links else {}
    found: Json = {str(operation.status): {"description": "Done.", "content": given, **leads}}
    if operation.status == 202:
        found["200"] = {"description": "Done.", "content": given}
    if operation.gives:
        found["206"] = {"description": "The part that Range names.", "content": given}
    for status in sorted(_wrong(operation)):
        problem = {"application/problem+json": {"schema": Problem}}
        found[str(status)] = {"description": TITLES[status], "content": problem}
    for status, words in AT_THE_DOOR.items():
        found[str(status)] = {"description": words, "content": {"text/html": {}}}
    if operation.method == "GET":
        found["304"] = {"description": "It is still the version that If-None-Match names."}
    return found


def _wrong(operation: Operation) -> set[int]:
    """The errors that a call may meet."""
    found = {*ALWAYS, *operation.also} - ({403} if operation.act is None else set())
    if "<" in operation.rule:
        found.add(404)
    if operation.writes:
        found |= {409, 413} | ({412} if shown_by(operation) else set())
    if operation.gives:
        found |= {410, 416}
    if operation.with_files:
        found.add(503)
    return found
