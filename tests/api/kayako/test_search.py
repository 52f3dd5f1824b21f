"""Searching, completing and filtering by Kayako's dialect."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.labels import labels_named
from app.people.organizations import create_organization
from app.people.persons import create_person
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import EVE, UNA, Cast
from tests.conftest import on_both

User = Callable[[str], Kayako]


def kinds(answer: Any) -> list[str]:
    return [one["resource"] for one in answer.json["data"]]


@pytest.fixture
def house(app: Flask, cast: Cast, api: Api) -> dict[str, int]:
    """Two cases of una's about a kettle, an organization and a customer that are called so too."""
    api.opened(UNA, "The kettle is broken", "It is out of order.")
    api.opened(UNA, "Help", "My kettle leaks, and the kettle is loud.")
    with app.app_context(), transaction():
        shop = create_organization("Kettle & Sons", {}, by=None)
        person = create_person("Kate Kettle", "kate@kettle.test", by=None)
        labels_named(["urgent", "Urgently", "late"])
        return {"shop": shop.id, "kate": person.id}


@on_both
def test_cases_users_and_organizations_are_found(kayako: Kayako, house: dict[str, int]) -> None:
    answer = kayako.get("/search?query=kettle")
    assert kinds(answer) == ["case", "case", "user", "organization"]
    assert (answer.json["resource"], answer.json["total_count"]) == ("result", 4)
    first, second, user, shop = answer.json["data"]
    assert (first["title"], first["relevance"]) == ("The kettle is broken", 1)
    assert (second["title"], second["relevance"]) == ("Help", 0.5)
    assert "**kettle** leaks" in second["snippet"]
    assert second["data"] == {"id": second["id"], "resource_type": "case"}
    assert second["resource_url"].endswith(f"/api/v1/cases/{second['id']}")
    assert (user["title"], user["id"], user["data"]["resource_type"]) == ("Kate Kettle", house["kate"], "user")
    assert (shop["title"], shop["id"], shop["snippet"]) == ("Kettle & Sons", house["shop"], "**Kettle** & Sons")


@on_both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("query=kettle&resources=USERS", ["user"]),
        ("query=kettle&resources=organizations,CASES", ["organization", "case", "case"]),
        ("query=in:conversations kettle", ["case", "case"]),
        ("query=kettle in:users", ["user"]),
        ("query=kettle&limit=2&offset=1", ["case", "user"]),
        ("query=kettle&offset=9", []),
        ("query=leaks kettle", ["case"]),
        ('query="kettle leaks"', ["case"]),
        ("query=kett*", ["case", "case", "user", "organization"]),
        ("query=teapot", []),
    ],
)
def test_a_search_is_narrowed(kayako: Kayako, house: dict[str, int], asked: str, found: list[str]) -> None:
    assert kinds(kayako.get(f"/search?{asked}")) == found


def test_a_long_search_is_read_page_by_page(kayako: Kayako, house: dict[str, int]) -> None:
    first = kayako.get("/search?query=kettle&limit=3")
    assert (first.json["total_count"], "offset=3" in first.headers["Link"]) == (4, True)
    last = kayako.get("/search?query=kettle&limit=3&offset=3")
    assert (kinds(last), "Link" in last.headers) == (["organization"], False)


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("", "query"),
        ("query=!", "query"),
        ("query=a&resources=ARTICLES", "resources"),
        ("query=a&offset=1001", "offset"),
    ],
)
def test_what_cannot_be_searched_is_refused(kayako: Kayako, asked: str, parameter: str) -> None:
    answer = kayako.get(f"/search?{asked}")
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (400, parameter)


@on_both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("emails?address=kettle.te", ["kate@kettle.test"]),
        ("emails?address=ke", []),
        ("tags?name=URG", ["urgent", "Urgently"]),
        ("tags?name=u&limit=1", ["urgent"]),
        ("organizations?name=sons", ["Kettle & Sons"]),
        ("organizations?name=%25s", []),
        ("users?name=ettl", ["Kate Kettle"]),
        ("users?name=team.test", ["Olga Owner", "Amy Bar", "Ben Foo"]),
        ("users?name=team.test&in=AGENTS,OWNERS", ["Olga Owner", "Ben Foo"]),
        ("users?name=team.test&exclude[]={ben}&exclude[]={amy}", ["Olga Owner"]),
    ],
)
def test_what_somebody_writes_is_completed(
    kayako: Kayako, house: dict[str, int], cast: Cast, asked: str, found: list[str]
) -> None:
    answer = kayako.get(f"/autocomplete/{asked.format(ben=cast.ben.id, amy=cast.amy.id)}")
    assert [one.get("email") or one.get("full_name") or one["name"] for one in answer.json["data"]] == found


def filtered(kayako: Kayako, *propositions: tuple[str, str, Any], operator: str = "AND") -> Any:
    said = [{"field": field, "operator": comparison, "value": value} for field, comparison, value in propositions]
    collections = [{"proposition_operator": operator, "propositions": said}]
    return kayako.post("/users/filter", {"predicates": {"collection_operator": "OR", "collections": collections}})


HOLDS, IS, IS_NOT = "string_contains_insensitive", "comparison_equalto", "comparison_not_equalto"


@on_both
@pytest.mark.parametrize(
    ("proposition", "found"),
    [
        (("users.fullname", HOLDS, "ETTL"), ["Kate Kettle"]),
        (("users.fullname", IS, "Ben Foo"), ["Ben Foo"]),
        (("users.fullname", IS_NOT, "Ben Foo"), ["Kate Kettle", "Olga Owner", "Amy Bar", "Una Customer"]),
        (("identityemails.address", HOLDS, "team"), ["Olga Owner", "Amy Bar", "Ben Foo"]),
        (("identityemails.address", IS, "UNA@customer.test"), ["Una Customer"]),
        (("identityphones.number", HOLDS, "1234567"), ["Una Customer"]),
        (("roles.type", IS, 2), ["Ben Foo"]),
        (("roles.type", IS, "OWNER"), ["Olga Owner"]),
        (("users.organizationid", IS, "{shop}"), ["Una Customer"]),
        (("users.organizationid", IS_NOT, "{shop}"), ["Kate Kettle", "Olga Owner", "Amy Bar", "Ben Foo"]),
        (("users.timezone", IS, "Asia/Karachi"), ["Una Customer"]),
        (("users.isenabled", IS, "false"), ["Amy Bar"]),
        (("userfields.city", HOLDS, "onn"), ["Una Customer"]),
        (("userfields.plan", IS, "gold"), ["Una Customer"]),
    ],
)
def test_smart_lists_of_users(
    app: Flask, user: User, house: dict[str, int], cast: Cast, proposition: tuple[str, str, Any], found: list[str]
) -> None:
    olga, options = user("olga"), [{"key": "gold", "title": "Gold"}]
    with app.app_context(), transaction():
        define_field(FieldLevel.PERSON, "city", FieldType.TEXT, {"title": "City"}, by=None)
        define_field(FieldLevel.PERSON, "plan", FieldType.SELECT, {"title": "Plan", "options": options}, by=None)
    said = {
        "organization_id": house["shop"],
        "time_zone": "Asia/Karachi",
        "field_values": {"city": "Bonn", "plan": "gold"},
    }
    olga.put(f"/users/{cast.una.id}", said)
    olga.post("/identities/phones", {"user_id": cast.una.id, "number": "+49 30 1234567"})
    olga.put(f"/users/{cast.amy.id}", {"is_enabled": False})
    field, comparison, value = proposition
    answer = filtered(olga, (field, comparison, str(value).format(**house)))
    assert [one["full_name"] for one in answer.json["data"]] == found


def test_users_are_narrowed_by_what_is_defined(app: Flask, kayako: Kayako) -> None:
    options = [{"key": "gold", "title": "Gold"}]
    with app.app_context(), transaction():
        define_field(FieldLevel.PERSON, "city", FieldType.TEXT, {"title": "City"}, by=None)
        define_field(FieldLevel.PERSON, "plan", FieldType.SELECT, {"title": "Plan", "options": options}, by=None)
    answer = kayako.get("/users/definitions?limit=200").json
    assert (answer["resource"], answer["total_count"]) == ("definition", len(answer["data"]))
    values = {"AUTOCOMPLETE": "1", "BOOLEAN": "true", "STRING": "+49 30 1234567"}
    for one in answer["data"]:
        for comparison in one["operators"]:
            value = next(iter(one["values"]), None) or values[one["input_type"]]
            assert filtered(kayako, (one["field"], comparison, value)).status_code == 200, one
    found = {one["field"]: one for one in answer["data"]}
    assert found["roles.type"]["values"]["2"] == "AGENT"
    assert (found["userfields.plan"]["label"], [*found["userfields.plan"]["values"].values()]) == ("Plan", ["Gold"])


def test_propositions_are_joined(kayako: Kayako, house: dict[str, int]) -> None:
    both = ("users.fullname", HOLDS, "kettle"), ("roles.type", IS, "AGENT")
    assert filtered(kayako, *both).json["total_count"] == 0
    assert filtered(kayako, *both, operator="OR").json["total_count"] == 2
    text = '{"collections":[{"propositions":[{"field":"roles.type","operator":"comparison_equalto","value":"2"}]}]}'
    assert kayako.post("/users/filter", {"predicates": text}).json["total_count"] == 1


@pytest.mark.parametrize(
    "proposition",
    [
        ("users.shoesize", IS, "9"),
        ("userfields.nothing", IS, "9"),
        ("users.fullname", HOLDS, "ab"),
        ("users.organizationid", HOLDS, "1"),
        ("users.organizationid", IS, "x"),
        ("users.fullname", "date_is", "x"),
        ("roles.type", IS, "KING"),
    ],
)
def test_what_cannot_be_proposed_is_refused(kayako: Kayako, proposition: tuple[str, str, str]) -> None:
    answer = filtered(kayako, proposition)
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (400, "predicates")


UNREADABLE = ["{", "[[[", "[" * 500, {"collections": []}, '{"collections": "\\u0000"}', None]


@pytest.mark.parametrize("said", [{}, *({"predicates": one} for one in UNREADABLE)])
def test_predicates_that_cannot_be_read_are_refused(kayako: Kayako, said: Any) -> None:
    [error] = kayako.post("/users/filter", said).json["errors"]
    assert error["parameter"].startswith("predicates")
    assert EVE not in kayako.get("/users?include=*").text
