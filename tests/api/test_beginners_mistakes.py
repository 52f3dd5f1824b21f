"""The mistakes that whoever is new makes most: each is answered by a sentence that says what would be right."""

import time
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.api.missing import MOST_PARTS, no_such_call
from app.people.credentials import create_key
from app.people.models import Role
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA

KEY_NEEDED = "This needs an API key, sent as: Authorization: Bearer ck_..."
CASE = {"creator": {"email": UNA}, "subject": "I found a bug", "message": "It is over there!"}
JSON_WANTED = "This call takes JSON, sent with Content-Type: application/json."
UUID_WANTED = "in the address must be a uuid, such as 01a200d0-39b5-7136-a763-74a3c46a113b."


@pytest.mark.parametrize("headers", [{}, {"Authorization": "ck_1_abc"}, {"X-Api-Key": "ck_1_abc"}])
def test_a_key_that_is_missing_or_elsewhere(api: Api, headers: dict[str, str]) -> None:
    answer = api.as_(None).get("/cases?api_key=ck_1_abc", headers=headers)
    assert (answer.status_code, answer.json["detail"]) == (401, KEY_NEEDED)


@pytest.mark.parametrize(
    ("body", "kind", "sentence"),
    [
        ("", "application/json", "There is no body. This call takes JSON, and be it {}."),
        ("{'a': 1}", "application/json", "in line 1, column 2: expecting property name enclosed in double quotes."),
        ('{"a": 1,\n}', "application/x-www-form-urlencoded", "in line 2, column 1: expecting property name"),
        ('{"a": 1, "a": 2}', "application/json", "The body is not valid JSON: a key occurs twice in one object."),
        ("subject=A+bug", "application/x-www-form-urlencoded", "not JSON but application/x-www-form-urlencoded."),
        ("<case/>", "application/xml", f"The body is not JSON but application/xml. {JSON_WANTED}"),
    ],
)
def test_a_body_that_is_no_json(api: Api, body: str, kind: str, sentence: str) -> None:
    answer = api.post("/cases", data=body, content_type=kind)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
    assert sentence in answer.json["detail"]


def test_json_is_taken_for_what_it_is_whatever_its_content_type_says(api: Api) -> None:
    text = '{"creator": {"email": "una@customer.test"}, "subject": "A", "message": "B"}'
    for kind in ("application/x-www-form-urlencoded", "text/plain", ""):
        assert api.post("/cases", data=text, content_type=kind).status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "field", "sentence"),
    [
        ("/cases", CASE | {"title": "A bug"}, "title", "There is no such field. There are: attachment_urls,"),
        (
            "/cases",
            CASE | {"creator": {"mail": UNA}},
            "creator.mail",
            "There is no such field. There are: email, name.",
        ),
        ("/cases/{case}/close", {"reason": "done"}, "reason", "There is no such field: this takes none."),
        (
            "/cases/{case}/messages",
            {"from": "eve@x.test", "message": "Hi"},
            "from",
            "It must be that of a person whom Casey knows",
        ),
        ("/cases/{case}/assign", {"person": BEN}, "person", "This must be the uuid of a person."),
        ("/webhooks", {"url": "http://localhost:3000/hook"}, "url", "CASEY_WEBHOOK_ALLOW_PRIVATE=true"),
    ],
)
def test_a_wrong_name_or_value_is_told_with_the_right_ones(
    api: Api, path: str, body: dict[str, Any], field: str, sentence: str
) -> None:
    answer = api.post(path.format(case=api.opened(UNA)["uuid"]), body)
    told = {one["field"]: one["detail"] for one in answer.json["errors"]}
    assert answer.status_code == 422
    assert sentence in told[field]
    assert answer.json["detail"].startswith(f"{answer.json['field']}: ")


def test_an_idempotency_key_that_was_used_for_something_else(api: Api) -> None:
    headers = {"Idempotency-Key": "order-4711"}
    api.post("/cases", CASE, headers=headers)
    answer = api.post("/cases", CASE | {"subject": "Another"}, headers=headers)
    assert (answer.status_code, answer.json["detail"]) == (
        422,
        "Idempotency-Key: This key was used for another request before. Use a new one for each request.",
    )


def test_a_file_that_is_called_otherwise(api: Api) -> None:
    form = {"from": BEN, "message": "See the file.", "file": (BytesIO(b"Some notes."), "notes.txt")}
    answer = api.post(f"/cases/{api.opened(UNA)['uuid']}/messages", data=form, content_type="multipart/form-data")
    assert (answer.status_code, answer.json["detail"]) == (
        422,
        "file: A file is sent as files, or as inline.NAME where the HTML shows it by cid:NAME.",
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [
        ("GET", "/cases/12", 404, f"What stands behind cases/ {UUID_WANTED}"),
        ("POST", "/cases/664-245651/close", 404, f"What stands behind cases/ {UUID_WANTED}"),
        ("GET", "/cases/{case}/messages/1", 404, f"What stands behind messages/ {UUID_WANTED}"),
        ("GET", "/cases/01a200d0-0000-7000-8000-000000000000", 404, "There is no such case."),
        ("GET", "/cases/", 404, "No address of the API ends with a slash; without it there is a call."),
        ("GET", "/users", 404, "There is no such call. All calls are below /api/casey/v1, and /docs lists them."),
        ("DELETE", "/cases/{case}", 405, "This address takes only GET, PATCH."),
        ("GET", "/cases/{case}/close", 405, "This address takes only POST."),
    ],
)
def test_a_wrong_address_or_method(api: Api, method: str, path: str, status: int, sentence: str) -> None:
    answer = api.call(method, path.format(case=api.opened(UNA)["uuid"]))
    assert (answer.status_code, answer.json["detail"]) == (status, sentence)


def test_an_address_of_many_parts_is_not_tried_part_by_part(app: Flask) -> None:
    deepest = max(rule.rule.count("/") for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/"))
    assert deepest < MOST_PARTS
    with app.test_request_context(f"/api/casey/v1/cases/12{'/x' * 3000}"):
        begun = time.process_time()
        assert no_such_call("").startswith("There is no such call.")
        assert time.process_time() - begun < 0.1


def test_a_key_that_comes_to_an_address_outside_the_api_is_told_where_the_api_is(app: Flask, api: Api) -> None:
    answer = app.test_client().get("/cases", headers={"Authorization": f"Bearer {api.key}"})
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert "below /api/casey/v1" in answer.json["detail"]


def test_a_role_that_is_not_enough(app: Flask, api: Api) -> None:
    with app.app_context(), transaction():
        _, key = create_key("shop", Role.COLLABORATOR, person=None, by=None)
    answer = api.as_(key).get("/config")
    assert (answer.status_code, answer.json["detail"]) == (
        403,
        "This needs a key with the role admin or above; yours has collaborator.",
    )
