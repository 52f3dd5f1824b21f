"""Errors: problem+json below the API, a page outside, and never more than the reader should know."""

import logging

import pytest
from flask import Flask

from tests.api_client import Api

ACCIDENT = "the password is hunter2"


@pytest.fixture
def accident(app: Flask) -> str:
    """The end of addresses at which something goes wrong that nobody thought of."""

    def fail() -> None:
        raise RuntimeError(ACCIDENT)

    app.add_url_rule("/api/casey/v1/accident", view_func=fail)
    app.add_url_rule("/accident", endpoint="page", view_func=fail)
    return "/accident"


def test_an_unexpected_error_is_a_problem_without_details(
    api: Api, accident: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = api.get(accident)
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert (answer.json["status"], answer.json["code"]) == (500, "internal_server_error")
    assert ACCIDENT not in answer.text
    assert "Traceback" not in answer.text
    assert [one.name for one in caplog.records if one.levelno == logging.ERROR] == ["app.error_handling"]


def test_an_unexpected_error_outside_the_api_is_a_page_without_details(app: Flask, accident: str) -> None:
    answer = app.test_client().get(accident)
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "Something went wrong" in answer.text
    assert ACCIDENT not in answer.text


@pytest.mark.parametrize("path", ["/api/casey", "/api/casey/v1", "/api/casey/v1/nothing", "/api/casey/v2/cases"])
def test_an_unknown_address_below_the_api_is_a_problem(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"X-Request-Id": "the-test"})
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "code": "not_found",
        "detail": "There is no such call. All calls are below /api/casey/v1, and /docs lists them.",
        "request_id": "the-test",
    }


@pytest.mark.parametrize("path", ["/nothing", "/apis/casey/v1", "/confirm/", "/cases/1"])
def test_an_unknown_address_outside_is_a_page(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "<h1>" in answer.text


def test_a_wrong_method_says_which_are_known(app: Flask, api: Api) -> None:
    answer = api.call("PUT", "/cases")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))
    page = app.test_client().delete("/confirm")
    assert (page.status_code, page.mimetype) == (405, "text/html")
    assert {"GET", "POST"} <= set(page.headers["Allow"].split(", "))


def test_nobody_is_told_how_to_sign_in(api: Api) -> None:
    answer = api.as_(None).get("/cases")
    assert (answer.status_code, answer.json["code"]) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/", "/nothing", "/confirm", "/sandbox/", "/static/casey.css", "/health/live"])
def test_a_host_name_that_is_not_ours_is_refused(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"Host": "evil.test"})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "CASEY_BASE_URL or CASEY_TRUSTED_HOSTS" in answer.text


def test_a_host_name_that_is_not_ours_is_refused_by_the_api_too(api: Api) -> None:
    answer = api.get("/cases", headers={"Host": "evil.test"})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


@pytest.mark.settings(CASEY_BASE_URL="https://casey.domain.tld", CASEY_TRUSTED_HOSTS="inside.domain.tld")
@pytest.mark.parametrize("host", ["casey.domain.tld", "inside.domain.tld", "localhost", "127.0.0.1:8025"])
def test_the_host_names_that_are_ours_are_taken(app: Flask, host: str) -> None:
    assert app.test_client().get("/", headers={"Host": host}).status_code == 200
