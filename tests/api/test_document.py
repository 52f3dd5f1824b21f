"""The OpenAPI document: complete, and readable for programs and people. Every test holds its answers against it."""

import re

from flask import Flask

from app.api.casey.openapi import document
from app.api.casey.routing import PREFIX
from tests.api_client import Api


def test_every_route_is_described(app: Flask) -> None:
    routes = {
        f"{method} {rule.rule.removeprefix(PREFIX)}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(f"{PREFIX}/") and not rule.rule.startswith(f"{PREFIX}/case/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {
        f"{method.upper()} {path}" for path, operations in document()["paths"].items() for method in operations
    }
    assert described == {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in routes}


def test_every_operation_has_a_name_of_its_own_and_a_sentence() -> None:
    operations = [one for operations in document()["paths"].values() for one in operations.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["summary"].endswith(".") for one in operations)


def test_the_document_is_served_to_programs(api: Api) -> None:
    answer = api.client.get("/openapi.json")
    assert answer.json["openapi"] == "3.1.1"
    assert answer.json == document()


def test_the_document_is_shown_to_people_with_every_operation(api: Api) -> None:
    text = api.client.get("/docs").text
    for path, operations in document()["paths"].items():
        for method in operations:
            assert f"<b>{method.upper()}</b> {path}" in text
