"""The API described: for programs at /openapi.json, for people at /docs. Each further dialect has a page of its own."""

import re
from collections.abc import Callable, Iterator, Mapping
from json import dumps
from typing import Any

from flask import Blueprint, Flask, Response, abort, json
from markupsafe import Markup

from app.api.casey import openapi as casey
from app.api.deskie import openapi as deskie
from app.api.kayako import openapi as kayako
from app.compression import compress
from app.portal.pages import page

NAMED = re.compile(r"#/components/schemas/(\w+)")

bp = Blueprint("documents", __name__)

Json = dict[str, Any]

DOCUMENTS: Mapping[str, Callable[[], Json]] = {
    "casey": casey.document,
    "deskie": deskie.document,
    "kayako": kayako.document,
}


@bp.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document of the native API."""
    return openapi_of("casey")


@bp.get("/openapi/<dialect>.json")
def openapi_of(dialect: str) -> Response:
    """That of a dialect."""
    return Response(json.dumps(_document(dialect)), content_type="application/json")


@bp.get("/docs")
def docs() -> Response:
    """The native API, to be read."""
    return docs_of("casey")


@bp.get("/docs/<dialect>")
def docs_of(dialect: str) -> Response:
    """A dialect, to be read."""
    found = _document(dialect)
    others = [one for one in DOCUMENTS if one != dialect]
    shown = page(
        "docs.html",
        about=found["info"],
        base=found["servers"][0]["url"],
        groups=_groups(found),
        shapes=_shapes(found),
        dialect=dialect,
        others=others,
    )
    return compress(shown, {"text/html"})


def _document(dialect: str) -> Json:
    if dialect not in DOCUMENTS:
        abort(404)
    return DOCUMENTS[dialect]()


def _shapes(found: Json) -> dict[str, list[Json]]:
    """What members are made of that are objects themselves, by the names that stand in the rows."""
    schemas = found["components"]["schemas"]
    written = [*schemas.values(), *(schema for _, _, told in _told(found) for schema in _answers(told))]
    named = set(NAMED.findall(dumps([one.get("properties", {}) for one in written])))
    return {name: _rows(schemas[name]) for name in sorted(named)}


def _told(found: Json) -> Iterator[tuple[str, str, Json]]:
    """Every operation, with its path and its method."""
    for path, operations in found["paths"].items():
        for method, told in operations.items():
            yield path, method, told


def _answers(told: Json) -> Iterator[Json]:
    """The schemas of what an operation answers with, as far as these are written out in its place."""
    for answer in told["responses"].values():
        for content in answer.get("content", {}).values():
            yield content.get("schema", {})


def _groups(found: Json) -> dict[str, list[Json]]:
    """The operations by resource, each with its parameters and the members of its body and its answer."""
    groups: dict[str, list[Json]] = {}
    for path, method, told in _told(found):
        groups.setdefault(told["tags"][0], []).append(_operation(path, method, told, found))
    return dict(sorted(groups.items()))


def _operation(path: str, method: str, told: Json, found: Json) -> Json:
    body = _members(told.get("requestBody", {}), found)
    answers = {status: one for status, one in told["responses"].items() if status < "3"}
    status, answer = next(iter(answers.items()))
    return {
        "method": method.upper(),
        "path": path,
        "id": told["operationId"],
        "summary": told["summary"],
        "role": told["description"],
        "query": [_parameter(one) for one in told["parameters"] if one["in"] == "query"],
        "body": body,
        "example": _example(told),
        "status": status,
        "answer": _members(answer, found),
        "errors": sorted(status for status in told["responses"] if status >= "4"),
    }


def _parameter(one: Json) -> Json:
    """A parameter of the query, as a row."""
    return {
        "name": one["name"],
        "kind": _kind(one["schema"]),
        "needed": one["required"],
        "help": one.get("description", ""),
    }


def _example(told: Json) -> str:
    """A body, written as people write it."""
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    return dumps(content["example"], indent=2, ensure_ascii=False) if content.get("example") else ""


def _members(content: Json, found: Json) -> list[Json]:
    """The members of a JSON object, one row each."""
    schema = content.get("content", {}).get("application/json", {}).get("schema", {})
    envelope, inner = _opened(_resolved(schema.get("oneOf", [schema])[0], found), found)
    return _rows(inner, envelope)


def _rows(schema: Json, envelope: str = "") -> list[Json]:
    needed = schema.get("required", [])
    return [
        {"name": envelope + name, "kind": _kind(one), "needed": name in needed, "help": one.get("description", "")}
        for name, one in schema.get("properties", {}).items()
    ]


def _opened(schema: Json, found: Json) -> tuple[str, Json]:
    """What stands in an object of which nothing else is a member, and what its members are to be called."""
    members = schema.get("properties", {})
    for name, one in members.items():
        if len(members) == 1 and "$ref" in one:
            return f"{name}.", _resolved(one, found)
    return "", schema


def _resolved(schema: Json, found: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    return found["components"]["schemas"][name] if name else schema


def _kind(schema: Json) -> Markup:
    """A kind of value in a few words, ``string or null`` or ``array of MessageAnswer``, with links to objects."""
    if "$ref" in schema:
        return Markup('<a href="#{0}">{0}</a>').format(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return Markup(" or ").join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return Markup(", ").join(str(one) for one in schema["enum"] if one is not None)
    kinds = schema.get("type", "any")
    return Markup(" or ").join(_said(one, schema) for one in (kinds if isinstance(kinds, list) else [kinds]))


def _said(kind: str, schema: Json) -> Markup:
    if kind == "array":
        return Markup("array of ") + _kind(schema.get("items", {}))
    return Markup.escape(schema.get("format", kind) if kind != "null" else kind)


def register(app: Flask) -> None:
    """Put both into the application."""
    app.register_blueprint(bp)
