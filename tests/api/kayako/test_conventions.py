"""What holds for every address of Kayako's dialect."""

from typing import Any

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
    for accepted in ("*/*", "application/json", "application/*", "text/html, */*;q=0.1"):
        assert kayako.get(STATUSES, headers={"Accept": accepted}).status_code == 200


def test_what_is_made_is_told_with_its_address_and_what_is_done_with_its_number(kayako: Kayako) -> None:
    made = kayako.post("/cases.json", {"subject": "I need help", "contents": "It is on fire!"})
    session = {"session_id": kayako.get("/session").json["session_id"]}
    assert (made.status_code, made.json["status"], made.json["resource"]) == (201, 201, "case")
    assert made.json.keys() == {"status", "data", "resource", *session}
    assert made.headers["Content-Location"] == made.json["data"]["resource_url"]
    assert kayako.put("/cases?ids=1", {"priority_id": "4"}).json == {"status": 200, "total_count": 1, **session}
    assert kayako.put("/cases/trash", {"ids": "1"}).json == {"status": 200, "total_count": 1, **session}
    file = kayako.call("POST", "/files", data=b"x").json["data"]["id"]
    assert kayako.delete(f"/files/{file}.json").json == {"status": 200, **session}
    listed = kayako.get("/cases?ids=1").json
    assert listed.keys() == {"status", "data", "resource", "offset", "limit", "total_count", *session}


SAID = {"subject": "I need help", "contents": "It is on fire!", "tags": "late,hot", "priority_id": "4"}
PASCAL = {"Subject": "I need help", "Contents": "It is on fire!", "Tags": ["late", "hot"], "PriorityId": 4}
CAMEL = {"subject": "I need help", "contents": "It is on fire!", "tags": ["late", "hot"], "priorityID": "4"}
FORM = {"subject": "I need help", "contents": "It is on fire!", "tags[]": ["late", "hot"], "priorityId": "4"}


@pytest.mark.parametrize(
    "body",
    [
        {"json": SAID},
        {"json": {**SAID, "_is_fully_loaded": True, "channel_id": "1", "status_id": "1", "field_values": []}},
        {"json": PASCAL},
        {"json": CAMEL},
        {"data": SAID},
        {"data": FORM},
        {"data": {**SAID, "tags[0]": "late", "tags[1]": "hot", "tags": []}},
        {"data": SAID, "content_type": "multipart/form-data"},
        {"data": FORM, "content_type": "multipart/form-data"},
        {"json": {**SAID, "channel_options": {"cc": "max@customer.test"}}},
        {"json": {**SAID, "channel_options": '{"cc": ["max@customer.test"]}'}},
        {"data": {**SAID, "channel_options[cc][]": ["max@customer.test"]}},
    ],
)
def test_a_body_may_be_written_in_many_ways(kayako: Kayako, body: Any) -> None:
    answer = kayako.call("POST", "/cases?include=tag&fields=+tags", **body)
    assert answer.status_code == 201, answer.text
    case = answer.json["data"]
    assert (case["subject"], case["priority"]["id"]) == ("I need help", 4)
    assert {one["name"] for one in case["tags"]} == {"late", "hot"}


@pytest.mark.parametrize("query", ["Limit=1&Offset=1&Status=new", "limit=1&offset=1&STATUS=NEW", "limit=1&offset=1"])
def test_a_query_may_be_written_in_any_letters(kayako: Kayako, query: str) -> None:
    first, *_ = (kayako.opened()["id"] for _ in range(3))
    kayako.opened(status_id=3)
    if "tatus" not in query.lower():
        query += "&status=NEW"
    page = kayako.get(f"/cases?{query}").json
    assert ([one["id"] for one in page["data"]], page["offset"], page["total_count"]) == ([first + 1], 1, 3)


def linked(answer: Any) -> str | None:
    """Where the header Link says that the next page is, as an importer reads it."""
    link = answer.headers.get("Link", "")
    return str(link[1 : link.index(">")]) if 'rel="next"' in link else None


@pytest.mark.parametrize("query", ["limit=2", "Limit=2&Offset=0", "limit=2&_case=camel"])
def test_an_importer_reads_a_list_by_its_links_alone(kayako: Kayako, query: str) -> None:
    for _ in range(5):
        kayako.opened()
    found, following = [], f"/cases?{query}"
    while following:
        answer = kayako.client.get(f"/api/v1{following}", auth=(kayako.email, kayako.key))
        found += [one["id"] for one in answer.json["data"]]
        following = (linked(answer) or "").partition("/api/v1")[2]
    assert found == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("name", ["after_id", "afterId", "AfterID"])
def test_a_list_along_its_order_is_read_on_whatever_its_places_are_called(kayako: Kayako, name: str) -> None:
    case = kayako.opened()
    for text in "abcd":
        kayako.post("/cases/1/notes", {"contents": text})
    newest = kayako.get("/cases/1/posts?limit=1").json["data"][0]["id"]
    page = kayako.get(f"/cases/1/posts?limit=2&{name}={newest}")
    assert [one["contents"] for one in page.json["data"]] == ["c", "b"]
    following, before = linked(page), page.json["previous_url"]
    assert following == page.json["next_url"]
    assert following is not None
    assert following.startswith(case["resource_url"])
    assert name not in before
    assert [one["contents"] for one in kayako.get(following.partition("/api/v1")[2]).json["data"]] == [
        "a",
        "It is on fire!",
    ]
    assert [one["contents"] for one in kayako.get(before.partition("/api/v1")[2]).json["data"]] == ["d"]


def test_a_page_has_ten_things_and_two_hundred_at_most(kayako: Kayako) -> None:
    assert (kayako.get("/cases").json["limit"], kayako.get("/cases?limit=999").json["limit"]) == (10, 200)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "RESOURCE_NOT_FOUND"),
        ("DELETE", STATUSES, 405, "METHOD_NOT_SUPPORTED"),
        ("GET", f"{STATUSES}/77", 404, "RESOURCE_NOT_FOUND"),
        ("GET", f"{STATUSES}/x", 400, "RESOURCE_ACTION_NOT_AVAILABLE"),
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
