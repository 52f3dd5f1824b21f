"""The OpenAPI document: complete, and readable for programs and people. Every test holds its answers against it."""

import json
import re

import pytest
from flask import Flask
from marshmallow import Schema

from app.api.casey.described.examples import UUID, example_of
from app.api.casey.described.schemas import pattern_of
from app.api.casey.openapi import document
from app.api.casey.routing import OPERATIONS, PREFIX
from app.api.casey.schemas.changes import Snooze
from app.api.casey.schemas.mailboxes import NewMailbox
from tests.api_client import Api
from tests.api_document import validator
from tests.cast import BEN, UNA, Cast


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


def test_every_object_that_the_document_names_to_people_is_shown_to_them(api: Api) -> None:
    text = api.client.get("/docs").text
    linked = set(re.findall(r'href="#(\w+)"', text))
    assert {"PersonBrief", "MessageAnswer", "Creator"} <= linked
    assert all(f'id="{name}"' in text for name in linked)


def test_what_may_be_null_is_told_so_to_people(api: Api) -> None:
    assert re.search(r"<code>edited_at</code></th><td>date-time or null</td>", api.client.get("/docs").text)


def test_the_document_says_to_people_how_a_key_is_sent(api: Api) -> None:
    assert "sent as Authorization: Bearer ck_..." in api.client.get("/docs").text


@pytest.mark.parametrize("taken", sorted({one.takes for one in OPERATIONS if one.takes}, key=lambda one: one.__name__))
def test_the_example_of_a_body_is_taken_and_is_as_the_body_is_described(taken: type[Schema]) -> None:
    example = example_of(taken)
    assert taken().validate(example) == {}
    assert list(validator(f"/components/schemas/{taken.__name__}").iter_errors(example)) == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("NewMessage", {"from": "ben@team.test"}),
        ("NewNote", {"from": "ben@team.test"}),
        ("BulkOrder", {"act": "tag", "cases": [UUID]}),
        ("BulkOrder", {"act": "tag", "with": {"from": "ben@team.test", "message": "Hi"}, "cases": [UUID]}),
        ("BulkOrder", {"act": "close", "with": {"tags": []}, "cases": [UUID]}),
        ("CaseChange", {"status": "open", "custom_status": "Waiting for parts"}),
        ("NewField", {"level": "case", "key": "colour", "type": "select", "title": "Colour"}),
        ("NewField", {"level": "case", "key": "colour", "type": "text", "title": "Colour", "pattern": "a+"}),
        ("NewWebhook", {"url": "ftp://shop.example.com"}),
        ("NewMailbox", {"address": "info@example.com", "server": "no server", "password": "its password"}),
        ("NewMailbox", {"address": "info@example.com", "server": "mail.example.com"}),
    ],
)
def test_what_spans_several_members_is_described_too(name: str, wrong: dict[str, object]) -> None:
    assert list(validator(f"/components/schemas/{name}").iter_errors(wrong))


@pytest.mark.settings(CASEY_MAIL_ALIASES="info@example.com")
def test_a_mailbox_can_be_made_as_the_example_of_one_says(api: Api) -> None:
    assert api.post("/mailboxes", example_of(NewMailbox)).status_code == 201


def test_a_case_can_be_put_off_and_a_message_sent_when_the_example_of_a_moment_says(api: Api) -> None:
    case = api.opened(UNA)["uuid"]
    until = example_of(Snooze)
    assert api.post(f"/cases/{case}/snooze", until).status_code == 200
    later = {"from": BEN, "message": "Is it well?", "send_at": until["until"]}
    assert api.post(f"/cases/{case}/messages", later).status_code == 201


def test_a_version_can_be_named_where_the_document_says_so_and_nowhere_else(api: Api, cast: Cast) -> None:
    described = document()["paths"]
    assert "If-Match" in [one["name"] for one in described["/persons/{uuid}"]["patch"]["parameters"] if "name" in one]
    assert "412" in described["/persons/{uuid}"]["patch"]["responses"]
    assert "If-Match" not in [one["name"] for one in described["/persons"]["post"]["parameters"] if "name" in one]
    assert "412" not in described["/persons"]["post"]["responses"]
    any_version, new = {"If-Match": "*"}, {"name": "Una Two", "email": "una.two@customer.test"}
    assert api.call("PATCH", f"/persons/{cast.una.uuid}", json=new, headers=any_version).status_code == 200
    assert api.post("/persons", new, headers=any_version).json["field"] == "If-Match"


def test_patterns_are_those_of_json_schema() -> None:
    assert "\\\\Z" not in json.dumps(document())
    assert pattern_of(r"\s*\S|\Z") == r"^\s*\S"
    assert pattern_of(r"a|b\Z") == "^(?:a|b$)"


def test_a_thing_that_was_made_leads_on_to_what_can_be_done_with_it() -> None:
    made = document()["paths"]["/cases"]["post"]["responses"]["201"]["links"]
    assert made["cases.get_case"]["parameters"] == {"uuid": "$response.body#/uuid"}
    assert made["messages.pin"]["parameters"] == {
        "uuid": "$response.body#/uuid",
        "message": "$response.body#/messages/0/uuid",
    }
    noted = document()["paths"]["/cases/{uuid}/notes"]["post"]["responses"]["201"]["links"]
    assert noted["notes.pin"]["parameters"] == {"uuid": "$request.path.uuid", "note": "$response.body#/uuid"}
    ordered = document()["paths"]["/bulk/cases"]["post"]["responses"]["202"]["links"]
    assert ordered["bulk.rows"]["parameters"] == {"uuid": "$response.body#/uuid"}


def test_every_link_leads_to_an_operation_and_says_its_whole_address() -> None:
    operations = [one for operations in document()["paths"].values() for one in operations.values()]
    addresses = {one["operationId"]: {p["name"] for p in one["parameters"] if p["in"] == "path"} for one in operations}
    answers = [answer for one in operations for answer in one["responses"].values()]
    links = [link for answer in answers for link in answer.get("links", {}).values()]
    assert len(links) > 100
    assert all(link["parameters"].keys() == addresses[link["operationId"]] for link in links)
