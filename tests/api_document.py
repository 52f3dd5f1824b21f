"""Every answer of an API that a test sees is held against its OpenAPI document."""

import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from app.api.casey import openapi as casey
from app.api.deskie import openapi as deskie
from app.api.kayako import openapi as kayako

BASE = "urn:casey"


def closed(part: Any) -> Any:
    """A document, or a part of one, that says of each object that it has no members but those described."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    shut = {"additionalProperties": False} if isinstance(part.get("properties"), dict) else {}
    return shut | {name: closed(one) for name, one in part.items()}


class Described:
    """An API by its document."""

    def __init__(self, document: Callable[[], Any]) -> None:
        self.document = document
        self.validator = cache(self._validator)

    @cached_property
    def _registry(self) -> Registry[Any]:
        return Registry().with_resource(BASE, Resource(contents=self.document(), specification=DRAFT202012))

    def _validator(self, pointer: str) -> Draft202012Validator:
        """What holds a value against a part of the document."""
        return Draft202012Validator({"$ref": f"{BASE}#{pointer}"}, registry=self._registry)

    @cached_property
    def _addresses(self) -> list[tuple[re.Pattern[str], str]]:
        paths = self.document()["paths"]
        return [(re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), path) for path in paths]

    def path(self, address: str) -> str | None:
        """The path of the document that an address belongs to: the one with the fewest placeholders."""
        address = re.sub(r"^/case/", "/cases/", address.partition("?")[0])
        fitting = [path for pattern, path in self._addresses if pattern.fullmatch(address)]
        return min(fitting, key=lambda path: path.count("{"), default=None)

    def check(self, method: str, address: str, answer: TestResponse) -> None:
        """Fail when a status is not documented, or a JSON answer is not as it is described."""
        path = self.path(address)
        operations = self.document()["paths"].get(path, {})
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
            self._check_content(f"{method.lower()}/responses/{answer.status_code}/content", path, answer)

    def _check_content(self, place: str, path: str, answer: TestResponse) -> None:
        escaped, kind = (text.replace("~", "~0").replace("/", "~1") for text in (path, answer.mimetype))
        errors = self.validator(f"/paths/{escaped}/{place}/{kind}/schema").iter_errors(answer.json)
        found = [(one.json_path, one.message) for one in sorted(errors, key=str)]
        assert not found, (place, path, found)


@cache
def _deskie() -> Any:
    """Deskie's document leaves objects open, since others may send more; but all that we answer stands in it."""
    return closed(deskie.document())


NATIVE, DESKIE, KAYAKO = Described(casey.document), Described(_deskie), Described(kayako.document)
check_answer, validator = NATIVE.check, NATIVE.validator
