"""Lists: pages by cursor, and what can be asked for."""

from typing import Any

import pytest
from flask import Flask

from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast


def walked(api: Api, path: str, limit: int) -> list[list[Any]]:
    """The pages of a list, from the first to the last, each as the uuids on it."""
    pages: list[list[Any]] = []
    cursor = None
    while cursor is not None or not pages:
        step = f"&cursor={cursor}" if cursor is not None else ""
        found = api.get(f"{path}{'&' if '?' in path else '?'}limit={limit}{step}").json
        pages.append([one["uuid"] for one in found["items"]])
        cursor = found["next"]
    return pages


def test_cases_are_listed_from_the_newest_back_page_by_page(api: Api) -> None:
    opened = [api.opened(UNA)["uuid"] for _ in range(5)]
    assert walked(api, "/cases", 2) == [opened[4:2:-1], opened[2:0:-1], opened[0:1]]
    assert walked(api, "/cases", 50) == [opened[::-1]]


def test_a_case_that_comes_in_between_shifts_no_page(api: Api) -> None:
    opened = [api.opened(UNA)["uuid"] for _ in range(4)]
    first = api.get("/cases?limit=2").json
    api.opened(UNA)
    second = api.get(f"/cases?limit=2&cursor={first['next']}").json
    assert [one["uuid"] for one in first["items"] + second["items"]] == opened[::-1]


def test_an_empty_list_has_no_next_page(api: Api) -> None:
    assert api.get("/cases").json == {"items": [], "next": None}


def test_cases_are_listed_by_where_they_stand(app: Flask, api: Api) -> None:
    opened = [api.opened(UNA)["uuid"] for _ in range(5)]
    with app.app_context(), transaction():
        _, pending, spam, trash, _ = db.session.query(Case).order_by(Case.id)
        pending.confirmed_at, spam.spam_at, trash.trashed_at = None, now(), now()
        trash.spam_at = now()
    api.post(f"/case/{opened[4]}/close")
    expected = {
        "/cases": [4, 0],
        "/cases?state=active": [4, 0],
        "/cases?state=pending": [1],
        "/cases?state=spam": [2],
        "/cases?state=trash": [3],
        "/cases?status=closed": [4],
        "/cases?status=new": [0],
        "/cases?status=waiting": [],
    }
    for path, numbers in expected.items():
        assert walked(api, path, 50) == [[opened[number] for number in numbers]], path


def test_persons_are_listed_from_the_oldest_on_page_by_page(api: Api, cast: Cast) -> None:
    everybody = [str(one.uuid) for one in (cast.una, cast.ben, cast.amy, cast.olga)]
    assert walked(api, "/persons", 3) == [everybody[:3], everybody[3:]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("team=true", [BEN, AMY, OLGA]),
        ("team=false", [UNA]),
        ("email=BEN@team.test", [BEN]),
        ("email=eve@stranger.test", []),
        ("email=%25", []),
        ("email=una@customer.test,ben@team.test", [UNA, BEN]),
        ("not.role=customer,agent", [AMY, OLGA]),
        ("name=Una Customer", [UNA]),
        ("sort=name", [AMY, BEN, OLGA, UNA]),
        ("organization=none&sort=-created_at", [OLGA, AMY, BEN, UNA]),
    ],
)
def test_persons_are_found_by_team_and_address(api: Api, query: str, expected: list[str]) -> None:
    assert [one["email"] for one in api.get(f"/persons?{query}").json["items"]] == expected


def test_keys_are_listed_page_by_page_revoked_ones_too(api: Api) -> None:
    revoked = api.get("/api-keys").json["items"][0]["uuid"]
    api.delete(f"/api-keys/{revoked}")
    pages = walked(api, "/api-keys", 2)
    assert [len(page) for page in pages] == [2, 1]
    assert pages[0][0] == revoked
