"""The list of users by Deskie's dialect: every parameter of it, and what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.clock import now
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.cast import UNA
from tests.conftest import on_both
from tests.crowd import fill
from tests.plans import plans
from tests.queries import queries

Staff = Callable[[str], Deskie]
MAX, EVA = "max.mill@shop.test", "eva@garden.test"


@pytest.fixture
def deskie(staff: Staff) -> Deskie:
    return staff("olga")


def made(deskie: Deskie, email: str, **said: Any) -> Any:
    answer = deskie.post("/users.json", {"user": {"user_email": email, **said}})
    assert answer.status_code == 201, answer.text
    return answer.json["user"]


def rows(deskie: Deskie, query: str = "") -> list[Any]:
    answer = deskie.get(f"/users.json?{query}")
    assert answer.status_code == 200, answer.text
    found = [answer.json[str(number)]["user"] for number in range(len(answer.json) - 1)]
    assert answer.json["total_count"] >= len(found)
    return found


def emails(deskie: Deskie, query: str = "") -> list[Any]:
    return [one.get("user_email") for one in rows(deskie, query)]


def refused(deskie: Deskie, query: str) -> Any:
    answer = deskie.get(f"/users.json?{query}")
    assert answer.status_code == 422, answer.text
    return answer.json["error"]


@on_both
def test_customers_are_listed_page_by_page_and_staff_is_not(deskie: Deskie) -> None:
    made(deskie, MAX)
    made(deskie, EVA)
    assert emails(deskie) == [UNA, MAX, EVA]
    assert emails(deskie, "limit=2") == emails(deskie, "limit=2&page=0") == [UNA, MAX]
    assert emails(deskie, "limit=2&page=2") == [EVA]
    assert deskie.get("/users.json?limit=2&page=3").json == {"total_count": 3}
    assert (refused(deskie, "limit=101"), refused(deskie, "page=501")) == ("wrong_limit", "wrong_page")


@on_both
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("user_email=mill", [MAX]),
        ("user_email=MILL", [MAX]),
        ("user_email=^max", [MAX]),
        ("user_email=^mill", []),
        ("user_email=shop.test^", [MAX]),
        ("user_email=shop^", []),
        (f"user_email=^{MAX}^", [MAX]),
        ("user_email=^max.mill^", []),
        ("user_email[]=mill&user_email[]=garden", [MAX, EVA]),
        ("user_email=%25%25%25abc", []),
        ("user_email=max", [MAX]),
        ("user_phone=456", [MAX]),
        ("user_phone=30 123", [MAX]),
        ("user_phone=^%2B49 30", [MAX]),
        ("user_phone=4567^", [MAX]),
        ("user_phone=999", []),
        ("user_custom_id=7&user_custom_channel=cch1", [EVA]),
        ("user_custom_id=7&user_custom_channel=cch2", []),
        ("user_custom_channel=cch1", [EVA]),
        ("user_custom_id=4711", [MAX]),
        ("language_id=4", [MAX]),
        ("language_id[0]=4&language_id[1]=5", [MAX, EVA]),
    ],
)
def test_users_are_found(deskie: Deskie, query: str, found: list[str]) -> None:
    made(deskie, MAX, user_phone="+49 30 1234567", language_id=4, user_custom_id="4711", user_custom_channel="cch2")
    made(deskie, EVA, language_id=5, user_custom_id="7", user_custom_channel="cch1")
    assert emails(deskie, query) == found


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("user_email=ab", "incorrect_user_email"),
        ("user_phone=12", "wrong_user_phone"),
        ("user_custom_id=", "wrong_user_custom_id"),
        ("user_custom_channel=shop", "wrong_user_custom_channel"),
        ("company_id=x", "wrong_company_id"),
        ("language_id=999", "wrong_language_id"),
        ("custom_fields[cf_99]=gold", "wrong_custom_fields"),
        ("custom_fields[gold]=gold", "wrong_custom_fields"),
        ("custom_fields=gold", "wrong_custom_fields"),
        ("from_time=yesterday", "wrong_from_time"),
        ("amount_of_cases=maybe", "wrong_amount_of_cases"),
    ],
)
def test_what_cannot_be_asked_is_named(deskie: Deskie, query: str, error: str) -> None:
    assert refused(deskie, query) == error


def test_users_are_found_by_their_company(deskie: Deskie) -> None:
    made(deskie, MAX, company_name="Shop")
    made(deskie, EVA, company_name="Garden")
    shop, garden = (deskie.get("/companies.json").json[key]["company"]["company_id"] for key in "01")
    assert emails(deskie, f"company_id={shop}") == [MAX]
    assert emails(deskie, f"company_id[]={shop}&company_id[]={garden}") == [MAX, EVA]


@on_both
def test_users_are_found_by_the_operators_fields(app: Flask, deskie: Deskie) -> None:
    options = {"options": [{"key": "gold", "title": "Gold"}, {"key": "tin", "title": "Tin"}]}
    with app.app_context(), transaction():
        defined: list[CustomField] = [
            define_field(FieldLevel.PERSON, "motto", FieldType.TEXT, {"title": "Motto"}, by=None),
            define_field(FieldLevel.PERSON, "vip", FieldType.CHECKBOX, {"title": "VIP"}, by=None),
            define_field(FieldLevel.PERSON, "plan", FieldType.SELECT, {"title": "Plan", **options}, by=None),
        ]
        motto, vip, plan = (f"cf_{one.id}" for one in defined)
        gold = defined[2].options[0].id
    made(deskie, MAX, custom_fields={motto: "Carpe diem", vip: True, plan: "gold"})
    made(deskie, EVA, custom_fields={motto: "Per aspera", vip: False, plan: "tin"})
    for query, found in (
        (f"custom_fields[{motto}]=carpe", [MAX]),
        (f"custom_fields[{motto}]=^per", [EVA]),
        (f"custom_fields[{motto}][]=diem&custom_fields[{motto}][]=aspera", [MAX, EVA]),
        (f"custom_fields[{vip}]=true", [MAX]),
        (f"custom_fields[{vip}]=0", [UNA, EVA]),
        (f"custom_fields[{plan}]=gold", [MAX]),
        (f"custom_fields[{plan}]={gold}", [MAX]),
        (f"custom_fields[{plan}][]=gold&custom_fields[{plan}][]=tin", [MAX, EVA]),
        (f"custom_fields[{plan}]=gold&custom_fields[{motto}]=aspera", []),
    ):
        assert emails(deskie, query) == found, query
    assert refused(deskie, f"custom_fields[{motto}]=ab") == "wrong_custom_fields"
    assert refused(deskie, f"custom_fields[{plan}]=silver") == "wrong_custom_fields"


@on_both
@pytest.mark.parametrize("name", ["time", "updated_time", "last_contact_time"])
def test_users_are_found_by_when_something_happened(deskie: Deskie, name: str) -> None:
    deskie.opened(UNA)
    with time_machine.travel(now() + timedelta(days=10)):
        made(deskie, MAX)
        deskie.opened(MAX)
        moment = int((now() - timedelta(days=5)).timestamp())
        assert emails(deskie, f"from_{name}={moment}") == [MAX]
        assert emails(deskie, f"to_{name}={moment}") == [UNA]
        assert emails(deskie, f"from_{name}=2020-01-01&to_{name}={moment}") == [UNA]


@on_both
def test_cases_are_counted_where_that_is_asked(deskie: Deskie) -> None:
    made(deskie, MAX)
    deskie.opened(UNA)
    trashed = deskie.opened(UNA)
    deskie.put(f"/cases/{trashed['case_id']}/trash.json")
    assert [one["amount_of_cases"] for one in rows(deskie, "amount_of_cases=True")] == [1, 0]
    assert "amount_of_cases" not in rows(deskie)[0]


def test_a_page_costs_the_same_however_long_it_is(app: Flask, deskie: Deskie) -> None:
    found = []
    for number in range(3):
        user = made(deskie, f"user{number}@shop.test", company_name=f"Shop {number}", language_id=4)
        deskie.put(f"/users/{user['user_id']}/link.json", {"user_email": UNA})
        with queries(app) as asked:
            rows(deskie, "amount_of_cases=1")
        found.append(len(asked))
    assert len(set(found)) == 1, found


@on_both
@pytest.mark.parametrize("query", ["user_email=r777@wor", "from_last_contact_time=2030-01-01", "language_id=4"])
def test_no_list_is_read_from_end_to_end(app: Flask, deskie: Deskie, query: str) -> None:
    with app.app_context():
        fill(5000)
        with plans(as_if_full=False) as found:
            rows(deskie, query)
    wanted = [
        one for one in found if "persons" in one and ("LIMIT" in one or "Limit" in one or "SEARCH persons" in one)
    ]
    assert wanted
    assert not [one for one in found if "SCAN persons" in one or "Seq Scan on persons" in one]
