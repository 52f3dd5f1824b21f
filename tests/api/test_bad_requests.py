"""Bad requests: each gets a clear 4xx that names what is wrong, and leaves nothing behind."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.bad_requests import BODIES, CASE, CONFIG, KEY, MESSAGE, PERSON, QUERIES, TEXTS, UNKNOWN, Bad
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both
from tests.storage import contents


@pytest.fixture
def place(api: Api, cast: Cast) -> Callable[[str], str]:
    """Puts a real case and a real person into an address."""
    case = api.opened(UNA)["uuid"]
    return lambda path: path.format(case=case, person=cast.ben.uuid, unknown=UNKNOWN)


def check(answer: TestResponse, status: int, field: str | None, what: object) -> None:
    """That an answer is a whole problem document, and says the right thing."""
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), (what, answer.text)
    problem = answer.json
    assert problem["status"] == status, what
    assert all(isinstance(problem[name], str) and problem[name] for name in ("type", "title", "code", "detail")), what
    assert problem.get("field") == field, (what, problem)
    assert all(one["field"] and one["detail"] for one in problem.get("errors", [])), what


@on_both
def test_bad_values_are_refused_by_their_path_and_nothing_is_stored(
    app: Flask, api: Api, place: Callable[[str], str]
) -> None:
    before = contents(app)
    for path, body, field in BODIES:
        answer = api.call("PATCH" if path.startswith("/persons/") else "POST", place(path), json=body)
        check(answer, 422, field, (path, body))
    assert contents(app) == before


@on_both
def test_what_is_no_json_is_refused_and_nothing_is_stored(app: Flask, api: Api, place: Callable[[str], str]) -> None:
    before = contents(app)
    for text, status in TEXTS:
        for path in ("/persons", "/cases", "/case/{case}/messages", "/cases/confirm", "/api-keys", "/config"):
            check(api.post(place(path), data=text), status, None, (path, text[:60]))
    assert contents(app) == before


@on_both
def test_bad_queries_are_refused_by_name(app: Flask, api: Api, place: Callable[[str], str]) -> None:
    before = contents(app)
    for path, status, field in QUERIES:
        check(api.get(path), status, field, path)
    assert contents(app) == before


MISSED: list[tuple[str, str, int]] = [
    ("GET", "/case/{unknown}", 404),
    ("GET", "/cases/{person}", 404),
    ("GET", "/case/{case}x", 404),
    ("GET", "/case/17", 404),
    ("GET", "/case/%00", 404),
    ("PUT", "/case/{case}/messages", 405),
    ("PUT", "/cases", 405),
    ("DELETE", "/case/{case}", 405),
    ("PATCH", "/config", 405),
    ("PUT", "/inbound", 405),
    ("GET", "/cases/confirm", 405),
    ("POST", "/case/{unknown}/close", 404),
    ("POST", "/case/{unknown}/reopen", 404),
    ("GET", "/persons/{unknown}", 404),
    ("GET", "/persons/{case}", 404),
    ("GET", "/persons/ben", 404),
    ("DELETE", "/api-keys/{unknown}", 404),
    ("DELETE", "/api-keys/{person}", 404),
    ("DELETE", "/config/nothing", 404),
    ("GET", "/nothing", 404),
    ("GET", "/cases/", 404),
]


@on_both
def test_what_is_not_there_is_not_found(app: Flask, api: Api, place: Callable[[str], str]) -> None:
    before = contents(app)
    for method, path, status in MISSED:
        answer = api.call(method, place(path))
        check(answer, status, None, (method, path))
        assert ("Allow" in answer.headers) is (status == 405), (method, path)
    check(api.post(place("/case/{unknown}/messages"), MESSAGE), 404, None, "a message")
    check(api.patch(place("/persons/{unknown}"), {"name": "Nobody"}), 404, None, "a person")
    assert contents(app) == before


def test_an_unknown_case_is_the_same_as_no_case(api: Api, place: Callable[[str], str]) -> None:
    assert api.get(place("/case/{unknown}")).text == api.get(place("/case/{person}")).text


def test_what_would_be_too_large_is_refused_before_it_is_read(app: Flask, api: Api) -> None:
    before = contents(app)
    for path, size in (("/cases", 2 * 1024 * 1024 + 1), ("/config", 10**12), ("/inbound", 61 * 1024 * 1024)):
        check(api.post(path, data=b"{}", environ_overrides={"CONTENT_LENGTH": str(size)}), 413, None, path)
    check(api.post("/cases", data=b" " * (2 * 1024 * 1024 + 1)), 413, None, "blanks")
    assert contents(app) == before


def test_every_wrong_field_of_a_body_is_named(api: Api) -> None:
    answer = api.post("/cases", {"creator": {"name": 5}, "subject": "", "tags": ["ok", 7], "colour": "red"})
    named = {one["field"] for one in answer.json["errors"]}
    assert named == {"creator.name", "creator.email", "subject", "message", "tags.1", "colour"}


def test_the_good_requests_which_the_bad_ones_are_made_of_are_taken(api: Api, place: Callable[[str], str]) -> None:
    """So that each bad one is refused for its own fault alone."""
    good: list[tuple[str, Bad]] = [
        ("/persons", PERSON),
        ("/cases", CASE),
        ("/case/{case}/messages", MESSAGE),
        ("/api-keys", KEY),
        ("/config", CONFIG),
    ]
    for path, body in good:
        assert api.post(place(path), body).status_code in {200, 201}, path


def test_the_largest_that_is_allowed_is_taken(api: Api, place: Callable[[str], str]) -> None:
    large: dict[str, Any] = {"subject": "s" * 500, "message": "m" * 1_000_000, "category": "c" * 100}
    many = {"tags": [f"tag {number}" for number in range(100)], "meta": {"my": "m" * 65_000, "number": 2**53}}
    assert api.post("/cases", CASE | large | many).status_code == 201
    assert api.post("/persons", PERSON | {"name": "n" * 200, "email": "other@other.tld"}).status_code == 201
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    assert api.post("/cases", CASE | {"meta": {"my": deep}}).status_code == 201


@on_both
@pytest.mark.parametrize("path", ["/labels/%00", "/statuses/%00", "/fields/case/%00", "/filters/%00", "/config/%00"])
def test_a_nul_character_in_an_address_is_refused(api: Api, path: str) -> None:
    for call in (api.get, api.delete):
        answer = call(path)
        assert answer.status_code in {400, 405}, (path, answer.text)


@pytest.mark.parametrize("header", ["", '; name="{}"'.format("a." * 3000), '; filename="a.txt"'])
@pytest.mark.parametrize("more", [{}, {"Idempotency-Key": "twice"}])
def test_a_part_of_a_form_without_a_fit_name_is_refused(api: Api, header: str, more: dict[str, str]) -> None:
    case = api.opened(UNA)["uuid"]
    parts = ['; name="from"\r\n\r\nben@team.test', '; name="message"\r\n\r\nHi', f"{header}\r\n\r\nb"]
    body = "".join(f"--x\r\nContent-Disposition: form-data{part}\r\n" for part in parts) + "--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x", **more}
    answer = api.post(f"/cases/{case}/messages", data=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
