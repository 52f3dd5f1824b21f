"""Companies by Deskie's dialect."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.people.teams import create_team
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries

Staff = Callable[[str], Deskie]


@pytest.fixture
def deskie(staff: Staff) -> Deskie:
    """The API for olga, since companies are changed by admins."""
    return staff("olga")


@pytest.fixture
def group(app: Flask) -> int:
    with app.app_context(), transaction():
        team = create_team("Second line", {}, by=None)
        return int(team.id)


def made(deskie: Deskie, name: str = "Shop", **said: Any) -> Any:
    answer = deskie.post("/companies.json", {"company": {"company_name": name, **said}})
    assert answer.status_code == 201, answer.text
    return answer.json["company"]


def changed(deskie: Deskie, company: Any, **said: Any) -> Any:
    answer = deskie.put(f"/companies/{company['company_id']}.json", {"company": said})
    assert answer.status_code == 200, answer.text
    return answer.json["company"]


def names(deskie: Deskie, query: str = "") -> list[str]:
    found = deskie.get(f"/companies.json?{query}").json
    return [found[str(number)]["company"]["company_name"] for number in range(len(found) - 1)]


def test_a_company_is_made_and_shown(deskie: Deskie, cast: Cast, group: int) -> None:
    said = {
        "company_domains": "shop.example,shop.test",
        "company_default_group": group,
        "company_address": "Harbour Road 1",
        "company_note": "Big.",
    }
    company = made(deskie, **said, company_users=f"{cast.una.id}, {UNA}")
    assert {name: company[name] for name in said} == said
    assert (company["active"], company["deleted"], company["amount_of_users"]) == (True, False, 1)
    assert deskie.get(f"/companies/{company['company_id']}.json").json == {"company": company}
    assert deskie.get(f"/users/{cast.una.id}.json").json["user"]["company_name"] == "Shop"


def test_a_company_is_changed(deskie: Deskie, cast: Cast, group: int) -> None:
    company = made(deskie, company_domains="shop.test,old.test")
    after = changed(
        deskie,
        company,
        company_name="The Shop",
        company_note="!",
        company_address="Here",
        company_default_group=group,
        add_company_domains="new.test",
        remove_company_domains=["OLD.test"],
        add_company_users=UNA,
    )
    assert (after["company_name"], after["company_note"], after["company_address"]) == ("The Shop", "!", "Here")
    assert (after["company_default_group"], after["company_domains"]) == (group, "new.test,shop.test")
    assert after["amount_of_users"] == 1
    after = changed(deskie, company, company_domains="", company_default_group=0, remove_company_users=str(cast.una.id))
    assert (after["company_domains"], after["company_default_group"], after["amount_of_users"]) == ("", 0, 0)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "empty_company_name"),
        ({"company_name": ""}, "empty_company_name"),
        ({"company_name": "Shop", "company_domains": "shop"}, "wrong_company_domains"),
        ({"company_name": "Shop", "company_users": "nobody@shop.test"}, "wrong_company_users"),
        ({"company_name": "Shop", "company_users": BEN}, "wrong_company_users"),
        ({"company_name": "Shop", "company_default_group": 99}, "wrong_company_default_group"),
    ],
)
def test_what_is_wrong_is_named(deskie: Deskie, said: dict[str, Any], error: str) -> None:
    answer = deskie.post("/companies.json", {"company": said})
    assert (answer.status_code, answer.json["error"]) == (422, error)
    assert names(deskie) == []


@on_both
def test_companies_are_listed_and_found_by_pieces_of_their_names(deskie: Deskie) -> None:
    for name, domain in (("Shop Ltd.", "shop.test"), ("Garden", "garden.test"), ("Book shop", "books.test")):
        made(deskie, name, company_domains=domain)
    assert names(deskie) == ["Shop Ltd.", "Garden", "Book shop"]
    assert (names(deskie, "limit=2"), names(deskie, "limit=2&page=2")) == (["Shop Ltd.", "Garden"], ["Book shop"])
    assert names(deskie, "company_name=shop") == ["Shop Ltd.", "Book shop"]
    assert names(deskie, "company_name=^shop") == ["Shop Ltd."]
    assert names(deskie, "company_name=shop^") == ["Book shop"]
    assert names(deskie, "company_name=^garden^") == ["Garden"]
    assert names(deskie, "company_name=ook") == ["Book shop"]
    assert names(deskie, "company_domains=books.test") == ["Book shop"]
    assert deskie.get("/companies.json?company_name=ab").json["error"] == "wrong_company_name"
    assert deskie.get("/companies.json").json["total_count"] == 3


@on_both
def test_a_new_case_of_its_users_goes_to_its_group_unless_another_is_said(deskie: Deskie, group: int) -> None:
    made(deskie, company_default_group=group, company_domains="shop.test")
    assert deskie.opened("new@shop.test")["group_id"] == group
    assert deskie.opened("new@shop.test", group_id=0)["group_id"] == 0
    assert deskie.opened(UNA)["group_id"] == 0


def test_a_company_is_put_away_and_restored(deskie: Deskie, api: Api) -> None:
    company = made(deskie, company_users=UNA)
    path = f"/companies/{company['company_id']}"
    blocked = deskie.put(f"{path}/block.json").json["company"]
    assert (blocked["active"], blocked["deleted"]) == (False, False)
    [una] = [one["user"] for key, one in deskie.get("/users.json").json.items() if key != "total_count"]
    assert una["active"] is False
    disabled = deskie.put(f"{path}/disable.json").json["company"]
    assert (disabled["active"], disabled["deleted"]) == (False, True)
    restored = deskie.put(f"{path}/restore.json").json["company"]
    assert (restored["active"], restored["deleted"]) == (True, False)
    assert restored["amount_of_users"] == 1


def test_a_company_is_deleted_for_good_and_its_users_stay(deskie: Deskie, cast: Cast) -> None:
    path = f"/companies/{made(deskie, company_users=UNA)['company_id']}.json"
    assert (deskie.delete(path).status_code, deskie.get(path).json["error"]) == (200, "company_not_found")
    assert names(deskie) == []
    assert deskie.get(f"/users/{cast.una.id}.json").json["user"]["company_name"] == ""
    for unknown in ("x", "99999999999", "0"):
        assert deskie.get(f"/companies/{unknown}.json").status_code == 404


def test_a_page_costs_the_same_however_long_it_is(app: Flask, deskie: Deskie, group: int) -> None:
    found = []
    for number in range(3):
        made(deskie, f"Shop {number}", company_domains=f"shop{number}.test", company_default_group=group)
        with queries(app) as asked:
            names(deskie)
        found.append(len(asked))
    assert len(set(found)) == 1, found
