"""The operator's own fields, over HTTP."""

from typing import Any

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.queries import queries

ORDER: dict[str, Any] = {"level": "case", "key": "order", "title": "Order", "type": "number"}
COLOUR: dict[str, Any] = {
    "level": "person",
    "key": "colour",
    "title": "Favourite colour",
    "type": "select",
    "options": [{"key": "red", "title": "Red"}, {"key": "blue", "title": "Blue"}],
}


def test_fields_are_defined_listed_changed_and_deleted(api: Api) -> None:
    made = api.post("/fields", ORDER)
    assert made.status_code == 201
    assert made.json == ORDER | {
        "pattern": None,
        "required": False,
        "visible_to_customers": False,
        "sort_order": 0,
        "options": [],
    }
    assert api.post("/fields", ORDER).json["field"] == "key"
    api.post("/fields", COLOUR)
    assert [one["key"] for one in api.get("/fields").json["items"]] == ["order", "colour"]
    assert [one["key"] for one in api.get("/fields?level=person").json["items"]] == ["colour"]
    assert api.patch("/fields/case/order", {"title": "Our order"}).json["title"] == "Our order"
    assert api.delete("/fields/case/order").status_code == 200
    for gone in ("/fields/case/order", "/fields/person/order", "/fields/nothing/order"):
        assert api.get(gone).status_code == 404


def test_a_case_shows_what_is_said_in_its_fields(api: Api) -> None:
    api.post("/fields", ORDER)
    path = f"/cases/{api.opened(UNA)['uuid']}"
    assert api.patch(path, {"fields": {"order": 4711}}).json["fields"] == {"order": 4711}
    answer = api.patch(path, {"subject": "Other", "fields": {"order": "4711", "colour": "red"}})
    assert [one["field"] for one in answer.json["errors"]] == ["fields.order", "fields.colour"]
    assert answer.json["detail"] == "fields.order: This must be a whole number."
    assert api.get(path).json["fields"] == {"order": 4711}
    assert api.get(path).json["subject"] != "Other"
    assert api.patch(path, {"fields": {"order": None}}).json["fields"] == {}


def test_a_person_shows_what_is_said_in_his_fields(api: Api, cast: Cast) -> None:
    api.post("/fields", COLOUR)
    path = f"/persons/{cast.una.uuid}"
    assert api.patch(path, {"fields": {"colour": "red"}}).json["fields"] == {"colour": "red"}
    assert api.get(path).json["fields"] == {"colour": "red"}
    assert api.patch(path, {"fields": {"colour": "green"}}).json["detail"] == "fields.colour: This must be red or blue."


def test_fields_are_listed_by_the_same_questions_however_many_there_are(app: Flask, api: Api) -> None:
    counts = []
    for number in range(3):
        api.post("/fields", COLOUR | {"key": f"colour_{number}"})
        with queries(app) as asked:
            api.get("/fields")
        counts.append(len(asked))
    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (ORDER | {"level": "team"}, "level"),
        (ORDER | {"key": "Order"}, "key"),
        (ORDER | {"key": "1st"}, "key"),
        (ORDER | {"key": "a/b"}, "key"),
        (ORDER | {"title": ""}, "title"),
        (ORDER | {"type": "money"}, "type"),
        (ORDER | {"options": COLOUR["options"]}, "options"),
        (ORDER | {"pattern": "a"}, "pattern"),
        (ORDER | {"required": "yes"}, "required"),
        (COLOUR | {"options": []}, "options"),
        (COLOUR | {"options": [{"key": "red"}]}, "options.0.title"),
        (COLOUR | {"options": ["red"]}, "options.0"),
        (COLOUR | {"options": [{"key": f"{number}", "title": "x"} for number in range(501)]}, "options"),
        (ORDER | {"type": "regex", "pattern": "(a+)+"}, "pattern"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_by_its_field(api: Api, body: object, field: str) -> None:
    answer = api.post("/fields", body)
    assert (answer.status_code, answer.json["field"]) == (422, field), answer.text
    assert api.get("/fields").json["items"] == []
