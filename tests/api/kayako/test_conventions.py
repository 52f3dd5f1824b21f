"""What holds for every address of Kayako's dialect."""

import pytest
from flask import Flask

from app.cases.models import Status
from app.cases.statuses import create_status
from app.transaction import transaction
from tests.api.kayako.client import Kayako

STATUSES = "/cases/statuses"


def test_an_address_may_end_in_json(kayako: Kayako) -> None:
    assert kayako.get(f"{STATUSES}.json").json == kayako.get(STATUSES).json
    assert kayako.get(f"{STATUSES}/1.json").json == kayako.get(f"{STATUSES}/1").json


def test_an_answer_stands_in_an_envelope(kayako: Kayako) -> None:
    found = kayako.get(STATUSES).json
    assert (found["status"], found["resource"], found["total_count"]) == (200, "case_status", 5)
    assert [one["type"] for one in found["data"]] == ["NEW", "OPEN", "PENDING", "COMPLETED", "CLOSED"]
    one = kayako.get(f"{STATUSES}/2").json
    assert one["data"] == found["data"][1]
    assert one["data"]["resource_url"].endswith("/api/v1/cases/statuses/2")


def test_a_status_of_the_operators_own_stands_behind_the_others(app: Flask, kayako: Kayako) -> None:
    with app.app_context(), transaction():
        create_status("Waiting for parts", Status.WAITING, by=None)
    found = kayako.get(STATUSES).json["data"][-1]
    assert (found["label"], found["type"], found["is_sla_active"]) == ("Waiting for parts", "CUSTOM", False)
    assert kayako.get(f"{STATUSES}/{found['id']}").json["data"] == found


@pytest.mark.parametrize(
    ("letters", "name"), [("camel", "sortOrder"), ("pascal", "SortOrder"), ("snake", "sort_order")]
)
def test_names_are_written_as_the_caller_wishes(kayako: Kayako, letters: str, name: str) -> None:
    answer = kayako.client.get(f"/api/v1{STATUSES}/1?_case={letters}")
    data = "Data" if letters == "pascal" else "data"
    assert name in answer.json[data]


def test_only_some_fields_are_shown_to_who_wishes_it(kayako: Kayako) -> None:
    always = {"id", "resource_type"}
    assert kayako.get(f"{STATUSES}/1?fields=label").json["data"].keys() == {*always, "label"}
    dropped = kayako.get(f"{STATUSES}/1?fields=-label,-type").json["data"]
    assert not {"label", "type"} & dropped.keys()
    assert "sort_order" in dropped


@pytest.mark.parametrize("wrong", ["fields=(", "fields=label(", "fields=a)", "_case=upper", "fields=a!b"])
def test_wishes_that_cannot_be_read_are_refused(kayako: Kayako, wrong: str) -> None:
    answer = kayako.get(f"{STATUSES}?{wrong}")
    [error] = answer.json["errors"]
    assert (answer.status_code, error["code"], error["parameter"]) == (400, "FIELD_INVALID", wrong.partition("=")[0])


def test_nothing_empty_is_shown_to_who_wishes_it(kayako: Kayako) -> None:
    assert "created_at" in kayako.get(f"{STATUSES}/1").json["data"]
    assert "created_at" not in kayako.get(f"{STATUSES}/1?_empty=false").json["data"]
    assert "created_at" not in kayako.get(f"{STATUSES}/1", headers={"X-Options": "flat, no_empty"}).json["data"]


def test_a_list_of_nothing_is_shown_even_where_nothing_empty_is(kayako: Kayako) -> None:
    assert kayako.get("/monitors?_empty=false").json["data"] == []


def test_what_the_caller_has_is_not_sent_again(kayako: Kayako) -> None:
    first = kayako.get(STATUSES)
    again = kayako.get(STATUSES, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert kayako.get(STATUSES, headers={"If-None-Match": '"other"'}).status_code == 200


def test_whoever_takes_no_json_is_refused(kayako: Kayako) -> None:
    assert kayako.get(STATUSES, headers={"Accept": "text/html"}).status_code == 406
    assert kayako.get(STATUSES, headers={"Accept": "*/*"}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "RESOURCE_NOT_FOUND"),
        ("DELETE", STATUSES, 405, "METHOD_NOT_SUPPORTED"),
        ("GET", f"{STATUSES}/77", 404, "RESOURCE_NOT_FOUND"),
        ("GET", f"{STATUSES}/x", 404, "RESOURCE_NOT_FOUND"),
    ],
)
def test_an_error_has_a_code_and_a_sentence(kayako: Kayako, method: str, path: str, status: int, code: str) -> None:
    answer = kayako.call(method, path)
    [error] = answer.json["errors"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["more_info"].endswith(f"/docs/kayako#{code}")
    assert error["detail"].endswith(".")
    camel = kayako.client.open(f"/api/v1{path}?_case=camel", method=method)
    assert "moreInfo" in camel.json["errors"][0]


def test_an_error_names_the_field(kayako: Kayako) -> None:
    [error] = kayako.post("/oauth/token", {"grantType": "password", "username": "ben@team.test"}).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_REQUIRED", "password")
