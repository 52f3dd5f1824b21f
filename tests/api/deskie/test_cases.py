"""Cases by Deskie's dialect: opened, seen, changed, discarded, removed."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both

Staff = Callable[[str], Deskie]


def test_a_case_is_opened_for_a_user(deskie: Deskie, cast: Cast) -> None:
    case = deskie.opened(UNA, priority="high")
    assert (case["user_id"], case["staff_id"], case["group_id"]) == (cast.una.id, 0, 0)
    assert (case["status"], case["priority"], case["channel"]) == ("open", "high", "web")
    assert (case["deleted"], case["spam"], case["closing_speed"], case["closed_at"]) == (False, False, "-", "-")
    assert deskie.get(f"/cases/{case['case_id']}.json").json["case"] == case
    assert deskie.get(f"/cases/{case['case_number']}.json").json["case"] == case


def test_a_form_with_brackets_says_the_same(deskie: Deskie) -> None:
    form = {
        "case[user_email]": UNA,
        "case[subject]": "I need help",
        "case[content]": "It is on fire!",
        "case[language_id]": "2",
    }
    answer = deskie.post("/cases.json", data=form, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.text
    assert answer.json["case"]["language_id"] == 2


def test_a_user_without_an_address_is_known_by_another_contact(deskie: Deskie) -> None:
    first, again = (
        deskie.opened(user_email="", user_phone=phone) for phone in ("+49 30 1234567", "+49 (30) 123-45-67")
    )
    assert first["user_id"] == again["user_id"]


def test_ids_of_a_custom_channel_are_unique_in_it_alone(deskie: Deskie) -> None:
    here, there = (deskie.opened(user_email="", user_custom_id=7, channel=channel) for channel in ("cch1", "cch2"))
    assert here["channel"] == here["recipient"] == "cch1"
    assert here["user_id"] != there["user_id"]


def test_a_case_opened_elsewhere_keeps_its_day_and_is_told_to_nobody(
    deskie: Deskie, work: Callable[[], None], outside: Any
) -> None:
    case = deskie.opened(created_at="2021-12-01 00:00:00")
    assert case["created_at"] == case["last_response_at"] == "Wed, 01 Dec 2021 00:00:00 +0000"
    work()
    assert outside.inbox(UNA) == []


@pytest.mark.parametrize(
    ("said", "status", "error"),
    [
        ({"case": {"user_email": UNA, "content": "Help"}}, 422, "empty_subject"),
        ({"case": {"user_email": UNA, "subject": "Help"}}, 422, "empty_content"),
        ({"case": {"subject": "Help", "content": "Help"}}, 422, "empty_user_email"),
        ({"case": {"user_email": "una", "subject": "Help", "content": "Help"}}, 422, "incorrect_user_email"),
        ({"case": {"user_email": UNA, "subject": "Help", "content": "Help", "priority": 1}}, 422, "wrong_priority"),
        ({"case": {"user_email": UNA, "subject": "Help", "content": "Help", "labels": [99]}}, 422, "wrong_labels"),
        ({"case": {"user_email": UNA, "subject": "Help", "content": "Help", "staff_id": 1}}, 422, "wrong_staff_id"),
        ({"case": {"user_email": UNA, "subject": "Help", "content": "Help", "channel": "a\nb"}}, 422, "wrong_channel"),
        ({"user_email": UNA, "subject": "Help", "content": "Help"}, 400, "wrong_request"),
        ([], 400, "wrong_request"),
    ],
)
def test_what_is_wrong_is_named(deskie: Deskie, said: Any, status: int, error: str) -> None:
    answer = deskie.post("/cases.json", said)
    assert (answer.status_code, answer.json["error"]) == (status, error)


LEFT_OUT = ("user_full_name", "user_phone", "staff_id", "group_id", "priority", "status", "language_id", "created_at")


def test_what_a_typed_client_leaves_out_as_null_says_nothing(deskie: Deskie) -> None:
    left_out = dict.fromkeys((*LEFT_OUT, "content_html", "labels", "custom_fields", "cc_emails", "attachment_urls"))
    case = deskie.opened(**left_out)
    assert (case["status"], case["priority"], case["labels"], case["staff_id"]) == ("open", "normal", [], 0)
    changed = deskie.put(f"/cases/{case['case_id']}.json", {"case": {"priority": "high", "subject": None}}).json["case"]
    assert (changed["subject"], changed["priority"]) == ("I need help", "high")


def test_what_a_form_leaves_empty_says_nothing(deskie: Deskie) -> None:
    form = {"user_email": UNA, "subject": "Help", "content": "Help", **dict.fromkeys((*LEFT_OUT, "custom_fields"), "")}
    answer = deskie.post("/cases.json", data={f"case[{name}]": value for name, value in form.items()})
    assert answer.status_code == 201, answer.text


def test_own_fields_that_php_writes_as_an_empty_array_are_none(deskie: Deskie) -> None:
    case = deskie.opened(custom_fields=[])
    assert deskie.put(f"/cases/{case['case_id']}.json", {"case": {"custom_fields": []}}).status_code == 200


def test_a_case_is_changed(deskie: Deskie, staff: Staff, cast: Cast) -> None:
    case = deskie.opened()
    said = {"subject": "Changed", "status": "closed", "priority": "critical", "language_id": 4, "staff_id": cast.ben.id}
    answer = deskie.put(f"/cases/{case['case_id']}.json", {"case": said})
    changed = answer.json["case"]
    assert {name: changed[name] for name in said} == said
    assert changed["closing_speed"] == 0
    assert deskie.put(f"/cases/{case['case_id']}.json", {"case": {"status": "open"}}).json["case"]["status"] == "open"


def test_several_cases_are_changed_at_once_and_what_cannot_be_is_left_out(deskie: Deskie) -> None:
    one, other = (deskie.opened()["case_id"] for _ in range(2))
    answer = deskie.put(f"/cases/{one},99999,{other}.json", {"case": {"priority": "low"}})
    assert answer.json == {"case_success_id": [one, other]}
    assert deskie.get(f"/cases/{one}.json").json["case"]["priority"] == "low"


def test_more_than_ten_cases_are_refused(deskie: Deskie) -> None:
    answer = deskie.put(f"/cases/{','.join(map(str, range(1, 12)))}.json", {"case": {"priority": "low"}})
    assert (answer.status_code, answer.json["error"]) == (422, "too_many_cases")


def test_trash_and_spam_are_shown_and_taken_back(deskie: Deskie) -> None:
    case = deskie.opened()["case_id"]
    assert deskie.put(f"/cases/{case}/trash.json").json["case"]["deleted"] is True
    spam = deskie.put(f"/cases/{case}/spam.json", []).json["case"]
    assert (spam["deleted"], spam["spam"]) == (True, True)
    restored = deskie.put(f"/cases/{case}/restore.json", data="").json["case"]
    assert (restored["deleted"], restored["spam"]) == (False, False)


def test_only_full_access_removes_a_case_for_good(deskie: Deskie, staff: Staff) -> None:
    case = deskie.opened()["case_id"]
    refused = deskie.delete(f"/cases/{case}.json")
    assert (refused.status_code, refused.json["error"]) == (403, "staff_has_not_access")
    assert staff("olga").delete(f"/cases/{case}.json").status_code == 200
    gone = deskie.get(f"/cases/{case}.json")
    assert (gone.status_code, gone.json["error"]) == (404, "case_not_found")


def test_of_several_that_are_removed_it_is_told_which(deskie: Deskie, staff: Staff) -> None:
    case = deskie.opened()["case_id"]
    assert staff("olga").delete(f"/cases/{case},9999.json").json == {"case_success_id": [case]}


def test_a_key_opens_nothing_for_somebody_else(deskie: Deskie, cast: Cast) -> None:
    answer = deskie.as_(cast.amy.email, deskie.key).get("/cases/1.json")
    assert (answer.status_code, answer.json["error"]) == (403, "staff_has_not_access")
    wrong = deskie.as_(deskie.email, "ck_1_wrong").get("/cases/1.json")
    assert (wrong.status_code, wrong.json["error"]) == (401, "unauthorized")
    assert "HTTP Basic" in wrong.json["detail"]


@on_both
@pytest.mark.parametrize("login", ["", "ben", "b\0en@team.test"])
def test_a_key_with_an_address_that_is_none_opens_nothing(deskie: Deskie, login: str) -> None:
    answer = deskie.as_(login, deskie.key).get("/cases.json")
    assert (answer.status_code, answer.json["error"]) == (403, "staff_has_not_access")


def test_unknown_addresses_and_wrong_methods_are_told_as_deskie_tells_errors(deskie: Deskie) -> None:
    for path in ("", "/", "/nothing.json", "/cases"):
        assert deskie.get(path).json["error"] == "not_found", path
    assert deskie.call("PATCH", "/cases/1.json").status_code == 405


def test_a_repeated_request_makes_no_second_case(deskie: Deskie) -> None:
    said = {"case": {"user_email": UNA, "subject": "Once", "content": "Once"}}
    first, again = (deskie.post("/cases.json", said, headers={"Idempotency-Key": "order-1"}) for _ in range(2))
    assert first.json == again.json


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_another_form_under_the_same_key_is_refused(deskie: Deskie, kind: str) -> None:
    form = {"case[user_email]": UNA, "case[subject]": "Once", "case[content]": "Once"}
    options = {"content_type": kind, "headers": {"Idempotency-Key": "order-1"}}
    first, again = (deskie.post("/cases.json", data=form, **options) for _ in range(2))
    assert first.json == again.json
    other = deskie.post("/cases.json", data={**form, "case[subject]": "Twice"}, **options)
    assert (other.status_code, other.json["error"]) == (422, "wrong_idempotency_key")


def test_a_bad_key_of_a_request_is_named_as_deskie_names_fields(deskie: Deskie) -> None:
    said = {"case": {"user_email": UNA, "subject": "Once", "content": "Once"}}
    answer = deskie.post("/cases.json", said, headers={"Idempotency-Key": "a b"})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_idempotency_key")


def test_a_case_of_deskies_is_a_native_one(deskie: Deskie, api: Api, app: Flask) -> None:
    case = deskie.opened()
    found = api.get(f"/cases?reference={case['case_number']}").json["items"]
    assert [(one["state"], one["channel"], one["requester"]["email"]) for one in found] == [("active", "web", UNA)]
