"""Every answer of the native API that a test sees is held against the OpenAPI document."""

import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from app.api.casey.openapi import document

BASE = "urn:casey"


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource(BASE, Resource(contents=document(), specification=DRAFT202012))


@cache
def validator(pointer: str) -> Draft202012Validator:
    """What holds a value against a part of the document."""
    return Draft202012Validator({"$ref": f"{BASE}#{pointer}"}, registry=_registry())


@cache
def _addresses() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in document()["paths"]]


def _path(address: str) -> str | None:
    """The path of the document that an address belongs to: the one with the fewest placeholders."""
    address = re.sub(r"^/case/", "/cases/", address.partition("?")[0])
    fitting = [path for pattern, path in _addresses() if pattern.fullmatch(address)]
    return min(fitting, key=lambda path: path.count("{"), default=None)


def check_answer(method: str, address: str, answer: TestResponse) -> None:
    """Fail when a status is not documented, or a JSON answer is not as it is described."""
    path = _path(address)
    operations = document()["paths"].get(path, {})
    operation = operations.get({"HEAD": "GET"}.get(method, method).lower())
    if answer.status_code == 500:
        return  # a mistake of ours, which a test provokes to see how it is told
    if path is None or operation is None or answer.status_code == 405:
        assert answer.status_code in {404, 405, 308}, (method, address, answer.status_code)
        return
    assert str(answer.status_code) in operation["responses"], (method, path, answer.status_code, answer.text)
    kinds = operation["responses"][str(answer.status_code)].get("content", {})
    content = kinds.get(answer.mimetype, kinds.get("*/*"))
    if content is None or method == "HEAD":
        assert answer.status_code in {204, 304} or method == "HEAD", (method, path, answer.mimetype)
    elif "schema" in content:
        escaped = path.replace("~", "~0").replace("/", "~1")
        kind = answer.mimetype.replace("/", "~1")
        pointer = f"/paths/{escaped}/{method.lower()}/responses/{answer.status_code}/content/{kind}/schema"
        errors = sorted(validator(pointer).iter_errors(answer.json), key=str)
        assert not errors, (method, path, answer.status_code, [(one.json_path, one.message) for one in errors])
