"""The OpenAPI document of Deskie's dialect (3.1), made of its operations: nothing in it is written down twice."""

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from app.api.describing import IDEMPOTENCY, PART, name_of, named, paths_of, schema_name
from app.api.deskie.routing import OPERATIONS, PREFIX, Json, Operation
from app.api.deskie.schemas.files import WithFiles
from app.api.deskie.views.shapes import Numbered
from app.people.access import NEEDED

VERSION = "1.0.0"
DESCRIPTION = (
    "Cases as Deskie's API has them: an integration moves by changing its host and its credentials. "
    'Every error is `{"error": "a_code", "detail": "A sentence."}`. What differs: docs/api/deskie.md.'
)
CASES = "The id or the number of a case; where several can be changed at once, up to ten with commas between them."
WRONG = {
    400: "The request cannot be read.",
    401: "The API key opens nothing.",
    403: "The staff member may not do this, or the key is not his.",
    404: "There is no such thing.",
    409: "The present state does not allow this.",
    413: "More bytes than are taken.",
    414: "The address is too long.",
    422: "A value is wrong.",
    429: "Too many calls; retry_after says when there are more.",
    431: "The headers are too long.",
    503: "Not now, but in a moment.",
}


class Error(Schema):
    """What went wrong."""

    error = fields.String(required=True, metadata={"description": "A code, for programs."})
    detail = fields.String(required=True, metadata={"description": "A sentence, for people."})


@cache
def document() -> Json:
    """The whole document."""
    plugin = MarshmallowPlugin(schema_name_resolver=schema_name)
    spec = APISpec(
        title="Casey in Deskie's dialect",
        version=VERSION,
        openapi_version="3.1.1",
        info={"description": DESCRIPTION},
        servers=[{"url": PREFIX}],
        security=[{"staff": []}],
        plugins=[plugin],
    )
    told = "The e-mail address of a staff member, and an API key of his."
    spec.components.security_scheme("staff", {"type": "http", "scheme": "basic", "description": told})
    for path, operations in paths_of(OPERATIONS, lambda one: _operation(one, plugin)).items():
        spec.path(path=path, operations=operations)
    found: Json = spec.to_dict()
    return found


def _operation(operation: Operation, plugin: MarshmallowPlugin) -> Json:
    told: Json = {
        **named(operation, OPERATIONS),
        "description": f"From the role {NEEDED[operation.act]} on.",
        "parameters": _parameters(operation, plugin),
        "responses": _responses(operation, plugin),
    }
    return told | ({"requestBody": _body(operation)} if operation.takes else {})


def _parameters(operation: Operation, plugin: MarshmallowPlugin) -> list[Json]:
    found = [_place(name) for name in PART.findall(operation.rule)]
    if operation.asks:
        found += [_asked(name, one, plugin) for name, one in operation.asks().fields.items()]
    return [*found, IDEMPOTENCY] if operation.writes else found


def _place(name: str) -> Json:
    schema: Json = {"type": "string", "minLength": 1, "examples": ["2000"]}
    told = {"description": CASES} if name == "cases" else {}
    return {"in": "path", "name": name, "required": True, "schema": schema, **told}


def _asked(name: str, field: fields.Field[Any], plugin: MarshmallowPlugin) -> Json:
    """A parameter of a query. An array is its name again and again; a name with brackets is one of an object."""
    style = {"style": "deepObject", "explode": True} if isinstance(field, fields.Dict) else {"explode": True}
    assert plugin.converter is not None
    kind: Json = plugin.converter.field2property(field)
    return {"in": "query", "name": name, "required": field.required, "schema": kind, **style}


def _body(operation: Operation) -> Json:
    takes: Any = operation.takes
    schema: Any = takes
    if operation.inside:
        several = [{"required": [name]} for name in operation.inside]
        needed = {"required": [*operation.inside]} if len(several) == 1 else {"anyOf": several}
        schema = {"type": "object", "properties": dict.fromkeys(operation.inside, takes), **needed}
    content: Json = {"application/json": {"schema": schema}}
    if issubclass(takes, WithFiles):
        content["multipart/form-data"] = {"schema": _form(operation)}
    return {"required": True, "content": content}


def _form(operation: Operation) -> Json:
    """The members as fields of a form, whose names have brackets; files stand beside them."""
    takes: Any = operation.takes
    files = {"type": "string", "contentMediaType": "application/octet-stream"}
    texts = {name: {"type": "string"} for name, one in takes().fields.items() if not isinstance(one, fields.Dict)}
    members = {**texts, "attachments][0": files}
    return {"type": "object", "properties": {f"{operation.inside[0]}[{name}]": one for name, one in members.items()}}


def _responses(operation: Operation, plugin: MarshmallowPlugin) -> Json:
    given: Json = {"application/json": {"schema": _answer(operation.answers, plugin)}}
    links = _links(operation)
    leads = {"links": links} if links else {}
    found: Json = {str(operation.status): {"description": "Done.", "content": given, **leads}}
    for status, words in WRONG.items():
        kind: Json = {"text/html": {}} if status in {414, 431} else {"application/json": {"schema": Error}}
        found[str(status)] = {"description": words, "content": kind}
    return found


def _answer(shape: type[Schema] | None, plugin: MarshmallowPlugin) -> Any:
    """The shape of an answer; of a list, with what stands under each number."""
    if shape is None or not issubclass(shape, Numbered):
        return shape
    assert plugin.resolver is not None
    row = {"type": "object", "properties": {shape.NAME: shape.ROW}, "required": [shape.NAME]}
    row = plugin.resolver.resolve_schema_dict(row)  # type: ignore[no-untyped-call]
    count = {shape.COUNT: {"type": "integer"}}
    return {"type": "object", "properties": count, "required": [shape.COUNT], "additionalProperties": row}


def _links(operation: Operation) -> Json:
    """What can be done with what was made: its id stands in the answer."""
    if operation.method != "POST" or not operation.inside or PART.search(operation.rule):
        return {}
    thing, home = operation.inside[0], operation.rule.removesuffix(".json")
    return {
        name_of(one, OPERATIONS): {
            "operationId": name_of(one, OPERATIONS),
            "parameters": {names[0]: f"$response.body#/{thing}/{thing}_id"},
        }
        for one in OPERATIONS
        if one.rule.startswith(f"{home}/<") and len(names := PART.findall(one.rule)) == 1
    }
