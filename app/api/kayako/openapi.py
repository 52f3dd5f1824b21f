"""The OpenAPI document of Kayako's dialect (3.1), made of its operations: nothing in it is written down twice."""

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import INCLUDE, Schema, fields

from app.api.describing import IDEMPOTENCY, PART, named, paths_of, schema_name
from app.api.kayako.resources import Resource
from app.api.kayako.routing import OPERATIONS, PREFIX, Json, Operation
from app.api.kayako.schemas.files import WithFiles
from app.people.access import NEEDED

VERSION = "1.0.0"
DESCRIPTION = (
    "Cases as Kayako's API has them: an integration moves by changing its host and its credentials. "
    "Every address may end in .json. What differs: docs/api/kayako.md."
)
WRONG = {
    400: "The request cannot be read, or a value in it is wrong.",
    401: "The credentials open nothing.",
    403: "The user or his token may not do this.",
    404: "There is no such thing.",
    406: "The caller takes no JSON.",
    409: "The present state does not allow this.",
    412: "It is not what the caller knows any more.",
    413: "More bytes than are taken.",
    414: "The address is too long.",
    429: "Too many calls; Retry-After says when there are more.",
    431: "The headers are too long.",
    454: "The session has ended.",
    503: "Not now, but in a moment.",
}
WISHES: Json = {
    "include": "Kinds of things to be opened wherever they are named, such as user,case_status; * for all.",
    "fields": "Which fields are shown, such as +tags,status(label).",
    "_case": "The letters of names: snake, camel or pascal. What is described here has those of snake.",
    "_flat": "true: whatever is opened stands beside the data, under resources.",
    "_empty": "false: nothing is shown of what is empty.",
}


class Problem(Schema):
    """A thing that is wrong."""

    code = fields.String(required=True, metadata={"description": "For programs."})
    message = fields.String(required=True, metadata={"description": "The vendor's words."})
    more_info = fields.String(metadata={"description": "Where more is said; moreInfo for those who wish camel case."})
    moreInfo = fields.String()  # noqa: N815 - a name of the wire
    detail = fields.String(required=True, metadata={"description": "Our sentence."})
    parameter = fields.String(metadata={"description": "The field that is wrong."})
    parameters = fields.List(fields.String(), metadata={"description": "The fields of which any would do."})


class Errors(Schema):
    """What went wrong."""

    status = fields.Integer(required=True)
    errors = fields.List(fields.Nested(Problem), required=True)
    notifications = fields.List(fields.Dict(), required=True)


class Envelope(Schema):
    """What is around every answer. Things may be shown by some of their fields alone, as the caller wishes."""

    class Meta:
        unknown = INCLUDE

    status = fields.Integer(required=True)
    session_id = fields.String(
        metadata={"description": "The session of whoever signed in with his address and his key."}
    )


@cache
def document() -> Json:
    """The whole document."""
    plugin = MarshmallowPlugin(schema_name_resolver=schema_name)
    spec = APISpec(
        title="Casey in Kayako's dialect",
        version=VERSION,
        openapi_version="3.1.1",
        info={"description": DESCRIPTION},
        servers=[{"url": PREFIX}],
        security=[{"user": []}, {"token": []}, {"session": []}],
        plugins=[plugin],
    )
    told = "The e-mail address of a team member, and an API key of his."
    spec.components.security_scheme("user", {"type": "http", "scheme": "basic", "description": told})
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("session", {"type": "apiKey", "in": "header", "name": "X-Session-ID"})
    for path, operations in paths_of(OPERATIONS, lambda one: _operation(one, plugin)).items():
        spec.path(path=path, operations=operations)
    found: Json = spec.to_dict()
    return found


def _operation(operation: Operation, plugin: MarshmallowPlugin) -> Json:
    needs = f"From the role {NEEDED[operation.act]} on." if operation.act else "Anybody may do this."
    told: Json = {
        **named(operation, OPERATIONS),
        "description": needs,
        "parameters": _parameters(operation, plugin),
        "responses": _responses(operation),
    }
    if operation.act is None:
        told["security"] = []
    if operation.parse:
        told["requestBody"] = {"required": True, "content": {"*/*": {}, "multipart/form-data": {}}}
    return told | ({"requestBody": _body(operation)} if operation.takes else {})


def _parameters(operation: Operation, plugin: MarshmallowPlugin) -> list[Json]:
    found = [_place(name) for name in PART.findall(operation.rule)]
    if operation.asks:
        found += [_asked(one.data_key or name, one, plugin) for name, one in operation.asks().fields.items()]
    if operation.shows:
        found += [_wish(name, told) for name, told in WISHES.items()]
    return [*found, IDEMPOTENCY] if operation.writes and operation.act else found


def _place(name: str) -> Json:
    return {
        "in": "path",
        "name": name,
        "required": True,
        "schema": {"type": "string", "minLength": 1, "examples": ["1"]},
    }


def _wish(name: str, told: str) -> Json:
    return {"in": "query", "name": name, "required": False, "description": told, "schema": {"type": "string"}}


def _asked(name: str, field: fields.Field[Any], plugin: MarshmallowPlugin) -> Json:
    assert plugin.converter is not None
    kind: Json = plugin.converter.field2property(field)
    return {"in": "query", "name": name, "required": field.required, "schema": kind, "explode": True}


def _body(operation: Operation) -> Json:
    takes: Any = operation.takes
    content: Json = {"application/json": {"schema": takes}, "application/x-www-form-urlencoded": {"schema": takes}}
    if issubclass(takes, WithFiles):
        content["multipart/form-data"] = {"schema": takes}
    needed = any(one.required for one in takes().fields.values())
    return {"required": needed, "content": content}


def _responses(operation: Operation) -> Json:
    kind: Json = {
        "application/json": {"schema": _answer(operation.shows, many=operation.many, either=operation.either)}
    }
    if operation.gives:
        kind = {operation.gives: {}}
    found: Json = {str(operation.status): {"description": "Done.", "content": kind}}
    if not operation.writes:
        found["304"] = {"description": "It is what the caller has."}
    for status, words in WRONG.items():
        told: Json = {"text/html": {}} if status in {414, 431} else {"application/json": {"schema": Errors}}
        found[str(status)] = {"description": words, "content": told}
    return found


def _answer(shown: Resource | None, *, many: bool, either: bool) -> Any:
    """The envelope with what it holds. Which members things have is the caller's wish, and so none is needed."""
    if shown is None:
        return Envelope
    thing = shown.shape
    several: Json = {"type": "array", "items": thing}
    data: Any = {"anyOf": [several, thing]} if either else several if many else thing
    members: Json = {
        "status": {"type": "integer"},
        "data": data,
        "resource": {"type": "string"},
        "session_id": {"type": "string"},
        "resources": {"type": "object"},
    }
    if many or either:
        members |= {name: {"type": "integer"} for name in ("total_count", "offset", "limit")}
        urls = ("first_url", "previous_url", "next_url", "last_url")
        members |= {name: {"type": ["string", "null"]} for name in urls}
    return {"type": "object", "properties": members, "required": ["status", "data", "resource"]}
