"""What is wrong, in the vendor's codes and words."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api_client import Api

User = Callable[[str], Kayako]
# By code, the status with which it comes and the vendor's words.
SPOKEN = {
    "FIELD_REQUIRED": (400, "This action requires the field to be specified"),
    "FIELD_INVALID": (400, "The value of the field is invalid"),
    "FIELD_DUPLICATE": (400, "The value of the field is already used for another resource"),
    "ANY_FIELD_REQUIRED": (400, "This action requires any of the related fields to be specified"),
    "RESOURCE_ACTION_NOT_AVAILABLE": (
        400,
        "Not supported method, misspelled action name or action is not available for the resource",
    ),
    "FIELD_EMPTY": (400, "The value of the field cannot be empty"),
    "AUTHENTICATION_FAILED": (401, "Used authentication credentials are invalid or signature verification failed"),
    "AUTHORIZATION_REQUIRED": (401, "To perform this action you need to be authorized"),
    "PERMISSIONS_DENIED": (403, "The action is not permitted for the user"),
    "RESOURCE_NOT_FOUND": (404, "The resource does not exist"),
    "METHOD_NOT_SUPPORTED": (405, "HTTP method is not supported or is not allowed for the resource"),
    "RESOURCE_MODIFIED": (412, "The resource has been modified"),
    "SESSION_LOADING_FAILED": (454, "The server failed to load the session"),
    "NOT_ALLOWED": (409, "The action is not allowed in the present state of the resource"),
    "ACTION_FAILED": (406, "The action failed"),
}
ANYBODY = {"auth": None}


@pytest.mark.parametrize(
    ("code", "method", "path", "options"),
    [
        ("FIELD_REQUIRED", "POST", "/cases", {"json": {"subject": "x"}}),
        ("FIELD_INVALID", "POST", "/cases", {"json": {"subject": "x", "contents": "y", "status_id": 77}}),
        ("FIELD_EMPTY", "POST", "/cases", {"json": {"subject": "x", "contents": ""}}),
        ("FIELD_DUPLICATE", "POST", "/tags", {"json": {"name": "late"}}),
        ("ANY_FIELD_REQUIRED", "POST", "/cases/1/notes", {"json": {}}),
        ("RESOURCE_ACTION_NOT_AVAILABLE", "GET", "/cases/misspelled", {}),
        ("RESOURCE_ACTION_NOT_AVAILABLE", "PUT", "/cases/misspelled.json", {"json": {}}),
        ("RESOURCE_ACTION_NOT_AVAILABLE", "GET", "/cases/misspelled/posts", {}),
        ("RESOURCE_ACTION_NOT_AVAILABLE", "DELETE", "/users/misspelled", {}),
        ("AUTHENTICATION_FAILED", "GET", "/cases", {"auth": ("ben@team.test", "ck_1_wrong")}),
        ("AUTHORIZATION_REQUIRED", "GET", "/cases", ANYBODY),
        ("PERMISSIONS_DENIED", "PUT", "/cases/1/trash", {"as": "amy"}),
        ("AUTHORIZATION_REQUIRED", "GET", "/cases/misspelled", ANYBODY),
        ("RESOURCE_NOT_FOUND", "GET", "/cases/77", {}),
        ("RESOURCE_NOT_FOUND", "GET", f"/cases/{10**30}", {}),
        ("METHOD_NOT_SUPPORTED", "DELETE", "/cases/1", {}),
        ("RESOURCE_MODIFIED", "PUT", "/cases/1", {"json": {}, "headers": {"If-Match": '"x"'}}),
        ("SESSION_LOADING_FAILED", "GET", "/cases", {**ANYBODY, "headers": {"X-Session-ID": "x"}}),
        ("NOT_ALLOWED", "DELETE", "/cases/statuses/1", {}),
        ("ACTION_FAILED", "GET", "/cases", {"headers": {"Accept": "text/html"}}),
    ],
)
def test_an_error_comes_with_its_status_and_the_words_of_the_vendor(
    user: User, code: str, method: str, path: str, options: dict[str, Any]
) -> None:
    user("olga").opened(tags="late")
    asker = user(options.get("as", "olga"))
    answer = asker.call(method, path, **{name: one for name, one in options.items() if name != "as"})
    status, message = SPOKEN[code]
    [error] = answer.json["errors"]
    assert (answer.status_code, error["code"], error["message"]) == (status, code, message)
    assert answer.json.keys() == {"status", "errors", "notifications"}
    assert error["more_info"].endswith(f"#{code}")
    assert ("parameter" in error, "parameters" in error) == (code.startswith("FIELD"), code.startswith("ANY"))
    assert (answer.headers.get("WWW-Authenticate", "").startswith("Basic")) == (status == 401)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/cases/1/misspelled", 400, "RESOURCE_ACTION_NOT_AVAILABLE"),
        ("/cases/1/posts/2/misspelled.json", 400, "RESOURCE_ACTION_NOT_AVAILABLE"),
        ("/me/misspelled", 400, "RESOURCE_ACTION_NOT_AVAILABLE"),
        ("/misspelled", 404, "RESOURCE_NOT_FOUND"),
        ("/misspelled/1", 404, "RESOURCE_NOT_FOUND"),
        ("/", 404, "RESOURCE_NOT_FOUND"),
    ],
)
def test_an_action_that_there_is_not_is_another_error_than_a_thing_that_there_is_not(
    kayako: Kayako, path: str, status: int, code: str
) -> None:
    answer = kayako.client.get(f"/api/v1{path}")  # what is at no address, the document does not describe
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (status, code)


def test_who_calls_too_often_is_told_when_to_come_back(api: Api, kayako: Kayako) -> None:
    api.post("/config", {"apiRateLimit": 2})
    answers = [kayako.get("/me") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    [error] = answers[-1].json["errors"]
    assert (error["code"], error["message"]) == ("RATE_LIMIT_REACHED", "The rate limit for this action was reached")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60


def test_several_fields_that_are_wrong_are_several_errors(kayako: Kayako) -> None:
    errors = kayako.post("/cases", {"status_id": "x"}).json["errors"]
    assert {one["parameter"]: one["code"] for one in errors} == {
        "subject": "FIELD_REQUIRED",
        "contents": "FIELD_REQUIRED",
        "status_id": "FIELD_INVALID",
    }


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("camel", ("errors", "moreInfo", "status")),
        ("pascal", ("Errors", "MoreInfo", "Status")),
        ("x", ("errors", "more_info", "status")),
    ],
)
def test_an_error_is_in_the_letters_of_the_caller(kayako: Kayako, letters: str, names: tuple[str, str, str]) -> None:
    errors, more, status = names
    for query in (f"_case={letters}", f"_Case={letters.upper()}"):
        answer = kayako.client.get(f"/api/v1/nothing?{query}")
        assert (more in answer.json[errors][0], answer.json[status]) == (True, 404)


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff"])
def test_a_body_that_cannot_be_read_is_refused(kayako: Kayako, body: bytes) -> None:
    answer = kayako.call("POST", "/cases", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["errors"][0]["detail"].endswith(".")


def test_the_words_of_an_operator_do_not_change_what_an_error_is_called(app: Flask, kayako: Kayako) -> None:
    options = [{"key": "signed", "title": "Signature required"}, {"key": "none", "title": "May be empty"}]
    with app.app_context(), transaction():
        define_field(FieldLevel.CASE, "signing", FieldType.SELECT, {"title": "Signing", "options": options}, by=None)
    answer = kayako.post("/cases", {"subject": "x", "contents": "y", "field_values": {"signing": "4711"}})
    assert [one["code"] for one in answer.json["errors"]] == ["FIELD_INVALID"]
