"""Labels by Deskie's dialect."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.labels import CaseLabel
from app.extensions import db
from app.transaction import transaction
from tests.api.deskie.client import Deskie


@pytest.fixture
def olga(staff: Callable[[str], Deskie]) -> Deskie:
    """The API for olga, who owns the place."""
    return staff("olga")


def made(olga: Deskie, title: str = "late", *, inside: str = "label") -> Any:
    answer = olga.post("/labels.json", {inside: {"label_title": title}})
    assert answer.status_code == 201, answer.text
    return answer.json["label"]


def test_a_label_is_made_renamed_and_deleted(olga: Deskie) -> None:
    label = made(olga)
    assert label == {"label_id": label["label_id"], "label_title": "late"}
    case = olga.opened(labels=[label["label_id"]])["case_id"]
    path = f"/labels/{label['label_id']}.json"
    renamed = olga.put(path, {"label_id": label["label_id"], "label": {"label_title": "too late"}}).json["label"]
    assert renamed == {"label_id": label["label_id"], "label_title": "too late"}
    assert olga.delete(path).status_code == 200
    assert olga.get(f"/cases/{case}.json").json["case"]["labels"] == []
    assert olga.put(path, {"label": {"label_title": "late"}}).json["error"] == "label_not_found"
    assert olga.delete(path).status_code == 404


def test_either_envelope_is_taken(olga: Deskie) -> None:
    label = made(olga, inside="labels")
    path = f"/labels/{label['label_id']}.json"
    assert olga.put(path, {"labels": {"label_title": "later"}}).json["label"]["label_title"] == "later"
    assert olga.post("/labels.json", {"label_title": "late"}).json["error"] == "wrong_request"


def test_the_list_is_read_page_by_page(olga: Deskie, deskie: Deskie) -> None:
    labels = [made(olga, title) for title in ("a", "b", "c")]
    assert deskie.get("/labels.json").json == {
        **{str(number): {"label": label} for number, label in enumerate(labels)},
        "total_count": 3,
    }
    assert deskie.get("/labels.json?page=2&limit=2").json == {"0": {"label": labels[2]}, "total_count": 3}


def test_a_label_that_a_rule_has_set_is_not_deleted(app: Flask, olga: Deskie) -> None:
    label = made(olga)
    olga.opened(labels=[label["label_id"]])
    with app.app_context(), transaction():
        db.session.query(CaseLabel).one().locked = True
    answer = olga.delete(f"/labels/{label['label_id']}.json")
    assert (answer.status_code, answer.json["error"]) == (409, "conflict")


def test_a_title_that_is_taken_is_named_as_on_the_wire(olga: Deskie) -> None:
    label = made(olga, "later")
    made(olga)
    for answer in (
        olga.post("/labels.json", {"label": {"label_title": "LATE"}}),
        olga.put(f"/labels/{label['label_id']}.json", {"label": {"label_title": "late"}}),
    ):
        assert answer.json["detail"] == "label_title: There is a label late already."


@pytest.mark.parametrize(
    ("title", "status", "error"),
    [
        (None, 422, "wrong_label_title"),
        (" ", 422, "empty_label_title"),
        ("x" * 101, 422, "wrong_label_title"),
        ("a\nb", 422, "wrong_label_title"),
        ("LATE", 409, "conflict"),
    ],
)
def test_what_is_wrong_is_named(olga: Deskie, title: Any, status: int, error: str) -> None:
    made(olga)
    answer = olga.post("/labels.json", {"label": {"label_title": title}})
    assert (answer.status_code, answer.json["error"]) == (status, error)
