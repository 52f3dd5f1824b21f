"""Ratings by Deskie's dialect, given in the name of the user."""

from typing import Any

import pytest

from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both

HIGH = {"rate": {"rating": "high", "rating_comment": "cool"}}


@pytest.fixture
def case(deskie: Deskie) -> str:
    return f"/cases/{deskie.opened(UNA)['case_id']}"


@pytest.fixture
def message(deskie: Deskie, case: str) -> int:
    """A message of ben's on it."""
    number: int = deskie.post(f"{case}/messages.json", {"message": {"content": "Hi"}}).json["message"]["message_id"]
    return number


def told(row: Any) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("rating", "rating_comment", "rated_staff_id"))


@on_both
def test_a_case_is_rated_for_its_user(deskie: Deskie, api: Api, cast: Cast, case: str) -> None:
    assert told(deskie.put(f"{case}/rate.json", HIGH).json["case"]) == ("high", "cool", 0)
    deskie.put(f"{case}.json", {"case": {"staff_id": cast.ben.id}})
    rated = deskie.put(f"{case}/rate.json", {"rate": {"rating": "low"}}).json["case"]
    assert told(rated) == told(deskie.get(f"{case}.json").json["case"]) == ("low", "", cast.ben.id)
    [native] = api.get(f"/cases?reference={rated['case_number']}").json["items"]
    [rating] = api.get(f"/cases/{native['uuid']}").json["ratings"]
    assert (rating["person"]["email"], rating["score"]) == (UNA, "low")


@pytest.mark.parametrize("rating", ["low", "middle", "high"])
def test_there_are_three_ratings_and_each_may_go_without_a_comment(
    deskie: Deskie, case: str, message: int, rating: str
) -> None:
    for path, kind in ((f"{case}/rate.json", "case"), (f"{case}/rate/{message}.json", "message")):
        for said in ({"rating": rating, "rating_comment": "cool123"}, {"rating": rating}):
            rated = deskie.put(path, {"rate": said}).json[kind]
            assert told(rated)[:2] == (rating, said.get("rating_comment", ""))


@pytest.mark.parametrize("word", ["rating_staff_id", "rated_staff_id"])
def test_whose_work_it_was_may_be_said(deskie: Deskie, cast: Cast, case: str, word: str) -> None:
    deskie.put(f"{case}/rate.json", HIGH)
    for whose in (cast.amy.id, cast.ben.id):
        said = {"rate": {**HIGH["rate"], word: str(whose)}}
        assert told(deskie.put(f"{case}/rate.json", said).json["case"]) == ("high", "cool", whose)
    answer = deskie.put(f"{case}/rate.json", {"rate": {**HIGH["rate"], word: cast.una.id}})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_rating_staff_id")


@on_both
def test_a_message_of_the_team_is_rated(deskie: Deskie, cast: Cast, case: str, message: int) -> None:
    rated = deskie.put(f"{case}/rate/{message}.json", HIGH).json["message"]
    assert (rated["message_id"], *told(rated)) == (message, "high", "cool", cast.ben.id)
    first, second = (deskie.get(f"{case}/messages.json").json[number]["message"] for number in ("0", "1"))
    assert (told(first), second) == ((None, None, None), rated)
    answer = deskie.put(f"{case}/rate/{first['message_id']}.json", HIGH)
    assert (answer.status_code, answer.json["error"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("said", "status", "error"),
    [
        ({"rate": {}}, 422, "empty_rating"),
        ({"rate": {"rating": "great"}}, 422, "wrong_rating"),
        ({"rate": {"rating": "low", "rating_staff_id": 99999}}, 422, "wrong_rating_staff_id"),
        ({"rating": "low"}, 400, "wrong_request"),
    ],
)
def test_what_is_wrong_is_named(deskie: Deskie, case: str, said: Any, status: int, error: str) -> None:
    answer = deskie.put(f"{case}/rate.json", said)
    assert (answer.status_code, answer.json["error"]) == (status, error)


def test_a_note_and_a_message_that_is_not_there_are_not_rated(deskie: Deskie, case: str) -> None:
    note = deskie.post(f"{case}/note.json", {"note": {"content": "Hi"}}).json["message"]["message_id"]
    for number in (note, 99999):
        assert deskie.put(f"{case}/rate/{number}.json", HIGH).json["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("setting", "of_case", "of_message"),
    [("all", 200, 200), ("cases", 200, 409), ("messages", 409, 200), ("none", 409, 409)],
)
def test_a_setting_says_what_is_rated_here_and_in_the_native_api(
    deskie: Deskie, api: Api, case: str, message: int, setting: str, of_case: int, of_message: int
) -> None:
    api.post("/config", {"caseRating": setting})
    assert deskie.put(f"{case}/rate.json", HIGH).status_code == of_case
    assert deskie.put(f"{case}/rate/{message}.json", HIGH).status_code == of_message
    number = deskie.get(f"{case}.json").json["case"]["case_number"]
    [native] = api.get(f"/cases?reference={number}&expand=messages").json["items"]
    path, said = f"/cases/{native['uuid']}", {"from": UNA, "score": "low"}
    last = f"{path}/messages/{native['messages'][-1]['uuid']}"
    there = [api.post(f"{one}/ratings", said).status_code for one in (path, last)]
    assert [status in {200, 201} for status in there] == [of_case == 200, of_message == 200]
