"""Lists of Deskie's dialect: their keys, their pages, and how many there are."""

from typing import Any

import pytest
from flask import Flask

from app.api.deskie.routing import OPERATIONS
from app.api.deskie.views.shapes import Numbered
from tests.api.deskie.client import Deskie
from tests.crowd import fill

Words = dict[str, str]

PAGED = (
    *("/cases.json", "/cases/{case}/messages.json", "/users.json", "/companies.json", "/staff.json", "/groups.json"),
    *("/labels.json", "/custom_fields.json", "/languages.json", "/client_emails.json", "/ideas_category.json"),
)
WHOLE = ("/filters.json", "/custom_channels.json", "/staff_roles.json", "/staff_statuses.json")
each_in_pages = pytest.mark.parametrize("path", PAGED)
CHANGELOG = "/cases/{case}/changelog.json"


def rows(page: Any) -> list[Any]:
    """What is on a page, under the keys from 0 on."""
    count = page.pop("total_count" if "total_count" in page else "count")
    assert isinstance(count, int)
    assert list(page) == [str(number) for number in range(len(page))]
    assert all(len(one) == 1 for one in page.values()), "each row is in its envelope"
    return [*page.values()]


def test_every_list_is_in_one_of_the_tables() -> None:
    lists = {one.rule for one in OPERATIONS if one.answers and issubclass(one.answers, Numbered)}
    assert lists == {one.replace("{case}", "<cases>") for one in (*PAGED, *WHOLE)}


@pytest.mark.parametrize("path", [*PAGED, *WHOLE])
def test_a_list_is_an_object_of_rows_in_their_envelopes(olga: Deskie, words: Words, path: str) -> None:
    answer = olga.get(path.format(**words)).json
    name = "count" if path.startswith("/staff_") else "total_count"
    assert list(answer)[-1] == name
    assert answer[name] == len(rows(answer))


@each_in_pages
def test_a_list_is_read_page_by_page_and_each_begins_with_0(olga: Deskie, words: Words, path: str) -> None:
    path = path.format(**words)
    whole = olga.get(path).json
    count = whole["total_count"]
    for number, row in enumerate(rows(whole), start=1):
        assert olga.get(f"{path}?page={number}&limit=1").json == {"0": row, "total_count": count}
    assert olga.get(f"{path}?page=0&limit=1").json == olga.get(f"{path}?page=1&limit=1").json
    assert olga.get(f"{path}?page=1&limit=100").json == olga.get(f"{path}?page=1").json
    assert olga.get(f"{path}?page=500").json == {"total_count": count}


@pytest.mark.parametrize("path", [*PAGED, CHANGELOG])
def test_a_page_that_is_named_by_nothing_is_the_first(olga: Deskie, words: Words, path: str) -> None:
    assert olga.get(f"{path.format(**words)}?page=&limit=").json == olga.get(path.format(**words)).json


@pytest.mark.parametrize("path", [*PAGED, CHANGELOG])
def test_a_page_that_there_is_not_is_refused(olga: Deskie, words: Words, path: str) -> None:
    for asked in ("page=501", "page=-1", "page=x", "limit=0", "limit=101", "limit=x"):
        answer = olga.get(f"{path.format(**words)}?{asked}")
        assert (answer.status_code, answer.json["error"]) == (422, f"wrong_{asked.partition('=')[0]}"), asked


@pytest.mark.parametrize("path", [*PAGED, *WHOLE, CHANGELOG])
def test_what_is_asked_and_not_known_is_left_alone(olga: Deskie, words: Words, path: str) -> None:
    path = path.format(**words)
    assert olga.get(f"{path}?from_mars=1&x[y][]=2").json == olga.get(path).json


def test_without_a_page_there_are_the_first_hundred_from_the_last_change_on(
    app: Flask, olga: Deskie, words: Words
) -> None:
    with app.app_context():
        fill(1105, 1001)  # number 1007 is spam
    page = olga.get("/cases.json").json
    assert page == olga.get("/cases.json?sort=updated_at_desc&page=1&limit=100").json
    assert page["total_count"] == 106
    found = [one["case"]["case_id"] for one in rows(page)]
    assert {*found[:2]} == {int(words["case"]), int(words["idea"])}
    assert found[2:] == [*range(1105, 1007, -1)]
