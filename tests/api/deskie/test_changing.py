"""What can be changed of a case by Deskie's dialect: every parameter, alone and of several cases; and what is shown."""

from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.labels import CaseLabel
from app.cases.merging import merge_cases
from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api.deskie.conftest import Staff
from tests.api_client import Api
from tests.cast import EVE, UNA, Cast


@pytest.fixture
def labels(staff: Staff) -> list[int]:
    """The ids of three labels."""
    made = [staff("olga").post("/labels.json", {"label": {"label_title": title}}).json["label"] for title in "abc"]
    return [one["label_id"] for one in made]


def changed(deskie: Deskie, case: Any, **said: Any) -> Any:
    answer = deskie.put(f"/cases/{case['case_id']}.json", {"case": said})
    assert answer.status_code == 200, answer.text
    return answer.json["case"]


def test_every_fact_is_changed_alone_and_the_others_stay(deskie: Deskie, staff: Staff, api: Api, cast: Cast) -> None:
    group = staff("olga").post("/groups.json", {"group": {"group_title": "Shop"}}).json["group"]["group_id"]
    api.post("/fields", {"level": "case", "key": "order", "title": "Order", "type": "text"})
    case = deskie.opened()
    for said in (
        {"subject": "Test subject changed"},
        {"status": "waiting"},
        {"priority": "critical"},
        {"group_id": group},
        {"group_id": 0},
        {"staff_id": str(cast.amy.id)},
        {"staff_id": 0},
        {"language_id": 2},
        {"language_id": 0},
        {"custom_fields": {"cf_1": "some text"}},
        {"custom_fields": {"cf_1": ""}},
        {"user_id": cast.una.id},
        {"status": "closed"},
    ):
        after = changed(deskie, case, **said)
        shown = {name: type(value)(after[name]) for name, value in said.items()}
        assert shown == said
        moved = {"updated_at", "closed_at", "closing_speed", *said}
        assert {name for name in case if case[name] != after[name]} <= moved, said
        case = after


def test_a_closed_case_is_opened_again_and_then_something_has_happened_in_it(deskie: Deskie) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        case = changed(deskie, deskie.opened(), status="closed")
        clock.shift(60)
        case = changed(deskie, case, status="open")
        assert (case["status"], case["closed_at"]) == ("open", "-")
        assert case["last_response_at"] == case["updated_at"] != case["created_at"]


def test_labels_are_added_taken_off_and_replaced(deskie: Deskie, labels: list[int]) -> None:
    one, two, three = labels
    case = deskie.opened(labels=[one])
    assert changed(deskie, case, add_labels=[two, three])["labels"] == [one, two, three]
    assert changed(deskie, case, add_labels=two)["labels"] == [one, two, three]
    assert changed(deskie, case, delete_labels=[one, two])["labels"] == [three]
    assert changed(deskie, case, add_labels=[one], delete_labels=[three])["labels"] == [one]
    assert changed(deskie, case, labels=[two, three])["labels"] == [two, three]
    assert changed(deskie, case, labels=[])["labels"] == []


def test_a_label_that_a_rule_has_set_is_told_as_locked_and_not_taken_off(
    app: Flask, deskie: Deskie, labels: list[int]
) -> None:
    one, two, _ = labels
    case = deskie.opened(labels=[one, two])
    assert (case["labels"], case["locked_labels"]) == ([one, two], [])
    with app.app_context(), transaction():
        db.session.get_one(CaseLabel, (case["case_id"], two)).locked = True
    shown = deskie.get(f"/cases/{case['case_id']}.json").json["case"]
    assert (shown["labels"], shown["locked_labels"]) == ([one, two], [two])
    for said in ({"delete_labels": [two]}, {"labels": [one]}):
        answer = deskie.put(f"/cases/{case['case_id']}.json", {"case": said})
        assert (answer.status_code, answer.json["error"]) == (409, "conflict")
    assert deskie.get(f"/cases/{case['case_id']}.json").json["case"]["labels"] == [one, two]


@pytest.mark.parametrize("said", [{"user_id": "{eve}"}, {"user_email": EVE}, {"user_phone": "+49 30 1234567"}])
def test_a_case_is_made_another_users(deskie: Deskie, staff: Staff, said: dict[str, str]) -> None:
    new = {"user_email": EVE, "user_phone": "+49 30 1234567"}
    eve = staff("olga").post("/users.json", {"user": new}).json["user"]["user_id"]
    said = {name: value.format(eve=eve) for name, value in said.items()}
    assert changed(deskie, deskie.opened(UNA), **said)["user_id"] == eve


def test_a_case_that_was_merged_names_the_one_that_took_it_up(app: Flask, deskie: Deskie) -> None:
    one, other = (deskie.opened()["case_id"] for _ in range(2))
    with app.app_context(), transaction():
        merge_cases(db.session.get_one(Case, one), db.session.get_one(Case, other), by=None)
    parents = [deskie.get(f"/cases/{case}.json").json["case"]["parent_case_id"] for case in (one, other)]
    assert parents == [other, 0]
    listed = deskie.get("/cases.json?show_merged_cases=true&sort=created_at_asc").json
    assert [listed[key]["case"]["parent_case_id"] for key in "01"] == [other, 0]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"subject": ""}, "empty_subject"),
        ({"status": "new"}, "wrong_status"),
        ({"priority": "urgent"}, "wrong_priority"),
        ({"group_id": 99}, "wrong_group_id"),
        ({"staff_id": 99}, "wrong_staff_id"),
        ({"user_id": 99}, "wrong_user_id"),
        ({"language_id": 99}, "wrong_language_id"),
        ({"custom_fields": {"cf_99": 1}}, "wrong_custom_fields"),
        ({"custom_fields": "cf_1"}, "wrong_custom_fields"),
        ({"labels": [99]}, "wrong_labels"),
        ({"add_labels": [99]}, "wrong_add_labels"),
        ({"delete_labels": ["x"]}, "wrong_delete_labels"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_changed(deskie: Deskie, said: dict[str, Any], error: str) -> None:
    case = deskie.opened()
    answer = deskie.put(f"/cases/{case['case_id']}.json", {"case": {"priority": "low", **said}})
    assert (answer.status_code, answer.json["error"]) == (422, error)
    assert deskie.get(f"/cases/{case['case_id']}.json").json["case"] == case
