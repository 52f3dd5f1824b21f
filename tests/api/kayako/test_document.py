"""The OpenAPI document of Kayako's dialect."""

import re

from flask import Flask

from app.api.kayako.openapi import document
from tests.api.kayako.access import SIGNED
from tests.api.kayako.client import Kayako


def test_every_route_of_kayakos_is_described(app: Flask) -> None:
    found = {
        (method.lower(), re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("kayako.")
        and f"{method} {rule.rule}" not in SIGNED
        and not rule.rule.endswith(".json")
    }
    assert {(method, path) for path, told in document()["paths"].items() for method in told} == found


def test_names_of_operations_are_given_once() -> None:
    names = [one["operationId"] for told in document()["paths"].values() for one in told.values()]
    assert len(names) == len(set(names))


def test_every_operation_has_a_sentence() -> None:
    told = [one for operations in document()["paths"].values() for one in operations.values()]
    assert all(one["summary"].endswith(".") for one in told)


def test_the_document_and_its_page_are_there(kayako: Kayako) -> None:
    assert kayako.client.get("/openapi/kayako.json").json["openapi"] == "3.1.1"
    text = kayako.client.get("/docs/kayako").text
    assert "last_public_channel" in text
    assert "/openapi/kayako.json" in text
