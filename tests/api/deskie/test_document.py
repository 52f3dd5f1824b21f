"""The OpenAPI document of Deskie's dialect."""

import re

from flask import Flask

from app.api.deskie.openapi import document
from tests.api.deskie.access import SIGNED
from tests.api.deskie.client import Deskie


def test_every_route_of_deskies_is_described(app: Flask) -> None:
    found = {
        (method.lower(), re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix("/api")))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("deskie.") and f"{method} {rule.rule}" not in SIGNED
    }
    assert {(method, path) for path, told in document()["paths"].items() for method in told} == found


def test_names_of_operations_are_given_once() -> None:
    names = [one["operationId"] for told in document()["paths"].values() for one in told.values()]
    assert len(names) == len(set(names))


def test_every_operation_has_a_sentence() -> None:
    told = [one for operations in document()["paths"].values() for one in operations.values()]
    assert all(one["summary"].endswith(".") for one in told)


def test_the_document_and_its_page_are_there(deskie: Deskie) -> None:
    assert deskie.client.get("/openapi/deskie.json").json["openapi"] == "3.1.1"
    text = deskie.client.get("/docs/deskie").text
    assert "case.user_email" in text
    assert "/openapi/deskie.json" in text
    assert (
        deskie.client.get("/docs/nothing").status_code == deskie.client.get("/openapi/nothing.json").status_code == 404
    )
