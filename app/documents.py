"""The API described: for programs at /openapi.json, for people at /docs."""

from json import dumps
from typing import Any

from flask import Blueprint, Flask, Response, json

from app.api.casey.openapi import document
from app.portal.pages import page

bp = Blueprint("documents", __name__)

Json = dict[str, Any]


@bp.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document of the native API."""
    return Response(json.dumps(document()), content_type="application/json")


@bp.get("/docs")
def docs() -> Response:
    """The same, to be read."""
    found = document()
    return page("docs.html", about=found["info"], base=found["servers"][0]["url"], groups=_groups(found))


def _groups(found: Json) -> dict[str, list[Json]]:
    """The operations by resource, each with its parameters and the members of its body and its answer."""
    groups: dict[str, list[Json]] = {}
    for path, operations in found["paths"].items():
        for method, told in operations.items():
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
    schema = _resolved(schema.get("oneOf", [schema])[0], found)
    needed = schema.get("required", [])
    return [
        {"name": name, "kind": _kind(one), "needed": name in needed, "help": one.get("description", "")}
        for name, one in schema.get("properties", {}).items()
    ]


def _resolved(schema: Json, found: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    return found["components"]["schemas"][name] if name else schema


def _kind(schema: Json) -> str:
    """A kind of value in a few words: ``string or null``, ``array of MessageAnswer``."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(str(one) for one in schema["enum"] if one is not None)
    kinds = schema.get("type", "any")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in schema:
        return kind.replace("array", f"array of {_kind(schema['items'])}")
    return str(schema.get("format", kind))


def register(app: Flask) -> None:
    """Put both into the application."""
    app.register_blueprint(bp)
