"""Ideas by Deskie's dialect."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.ideas import Idea
from app.extensions import db
from app.people.teams import create_team
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.conftest import on_both

Staff = Callable[[str], Deskie]


@pytest.fixture
def idea(deskie: Deskie) -> str:
    """Where the idea of a case is changed."""
    return f"/cases/{deskie.opened(channel='idea', content='Sell tea.')['case_id']}"


def test_a_case_of_the_channel_idea_shows_what_is_proposed(deskie: Deskie, idea: str) -> None:
    case = deskie.get(f"{idea}.json").json["case"]
    assert case["idea"] == {"content": "Sell tea.", "stage": "waiting", "category": 0}
    assert (case["channel"], case["recipient"]) == ("idea", "")


@on_both
def test_an_idea_is_said_otherwise_and_moves_on(deskie: Deskie, idea: str) -> None:
    said = {"message": {"content": "Sell green tea.", "stage": "planned"}}
    case = deskie.put(f"{idea}/idea.json", said).json["case"]
    assert case["idea"] == {"content": "Sell green tea.", "stage": "planned", "category": 0}
    again = deskie.put(f"{idea}/idea.json", {"message": {"stage": "finished"}}).json["case"]
    assert (again["idea"]["content"], again["idea"]["stage"]) == ("Sell green tea.", "finished")


@pytest.mark.parametrize("stage", ["waiting", "planned", "in_progress", "finished"])
def test_an_idea_gets_to_every_stage(deskie: Deskie, idea: str, stage: str) -> None:
    assert deskie.put(f"{idea}/idea.json", {"message": {"stage": stage}}).json["case"]["idea"]["stage"] == stage


def test_an_official_response_is_given_changed_and_taken_back(deskie: Deskie, idea: str) -> None:
    for text in ("We will.", "We do."):
        case = deskie.put(f"{idea}/idea_official_response.json", {"message": {"content": text}}).json["case"]
        assert case["idea"]["official_response"] == text
        assert isinstance(case["idea"]["official_response_tstamp"], int)
    for _ in range(2):
        assert deskie.delete(f"{idea}/idea_official_response.json").status_code == 200
    assert "official_response" not in deskie.get(f"{idea}.json").json["case"]["idea"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"message": {"stage": "soon"}}, "wrong_stage"),
        ({"message": {"content": ""}}, "empty_content"),
        ({"message": {"category_id": 99}}, "wrong_category_id"),
    ],
)
def test_what_is_wrong_with_an_idea_is_named(deskie: Deskie, idea: str, said: Any, error: str) -> None:
    answer = deskie.put(f"{idea}/idea.json", said)
    assert (answer.status_code, answer.json["error"]) == (422, error)


def test_a_case_of_another_channel_is_no_idea(deskie: Deskie) -> None:
    case = deskie.opened()["case_id"]
    answer = deskie.put(f"/cases/{case}/idea.json", {"message": {"stage": "planned"}})
    assert answer.status_code == 409
    assert "idea" not in deskie.get(f"/cases/{case}.json").json["case"]


def test_the_group_of_a_category_answers_for_what_is_put_into_it(app: Flask, staff: Staff, idea: str) -> None:
    with app.app_context(), transaction():
        team = create_team("Shop", {}, by=None)
        db.session.flush()
        group = team.id
    new = {"ideas_category": {"category_title": "Tea", "category_default_group": group}}
    category = staff("olga").post("/ideas_category.json", new).json["ideas_category"]
    assert category == {
        "category_id": category["category_id"],
        "category_title": "Tea",
        "active": True,
        "category_default_group": group,
    }
    said = {"message": {"category_id": category["category_id"]}}
    case = staff("ben").put(f"{idea}/idea.json", said).json["case"]
    assert (case["idea"]["category"], case["group_id"]) == (category["category_id"], group)


@on_both
def test_categories_are_listed_changed_disabled_and_deleted(staff: Staff) -> None:
    olga = staff("olga")
    for title in ("Tea", "Coffee"):
        olga.post("/ideas_category.json", {"ideas_category": {"category_title": title}})
    page = staff("ben").get("/ideas_category.json?page=2&limit=1").json
    assert (page["total_count"], page["0"]["ideas_category"]["category_title"]) == (2, "Coffee")
    one = f"/ideas_category/{page['0']['ideas_category']['category_id']}"
    named = {"ideas_category": {"category_title": "Cocoa"}}
    assert olga.put(f"{one}.json", named).json["ideas_category"]["category_title"] == "Cocoa"
    assert olga.put(f"{one}/disable.json").json["ideas_category"]["active"] is False
    assert olga.put(f"{one}/enable.json").json["ideas_category"]["active"] is True
    assert olga.delete(f"{one}.json").status_code == 200
    assert olga.get(f"{one}.json").status_code == 404
    assert olga.get("/ideas_category.json").json["total_count"] == 1


def test_a_title_is_given_once(staff: Staff) -> None:
    new = {"ideas_category": {"category_title": "Tea"}}
    answers = [staff("olga").post("/ideas_category.json", new) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 409]


def test_nothing_is_put_into_a_category_that_is_disabled(staff: Staff, idea: str) -> None:
    olga = staff("olga")
    new = {"ideas_category": {"category_title": "Tea"}}
    number = olga.post("/ideas_category.json", new).json["ideas_category"]["category_id"]
    olga.put(f"/ideas_category/{number}/disable.json")
    answer = olga.put(f"{idea}/idea.json", {"message": {"category_id": number}})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_category_id")


def test_an_idea_goes_with_its_case(app: Flask, staff: Staff, idea: str) -> None:
    staff("olga").put(f"{idea}/idea_official_response.json", {"message": {"content": "We will."}})
    assert staff("olga").delete(f"{idea}.json").status_code == 200
    with app.app_context():
        assert db.session.query(Idea).count() == 0
