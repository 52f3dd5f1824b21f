"""Users by Kayako's dialect: made, changed and deleted, by those who may."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both

User = Callable[[str], Kayako]
NEW = {"full_name": "New User", "email": "new@shop.test"}
ADMIN, AGENT, COLLABORATOR, CUSTOMER, OWNER = range(1, 6)


@pytest.fixture
def olga(user: User) -> Kayako:
    return user("olga")


def wrong(answer: Any) -> tuple[int, str, str | None]:
    [error] = answer.json["errors"]
    return answer.status_code, error["code"], error.get("parameter")


@pytest.fixture
def fields(app: Flask) -> dict[str, str]:
    """A choice among two plans, whose options have these numbers."""
    options = [{"key": "gold", "title": "Gold"}, {"key": "free", "title": "Free"}]
    with app.app_context(), transaction():
        plan = define_field(FieldLevel.PERSON, "plan", FieldType.SELECT, {"title": "Plan", "options": options}, by=None)
        define_field(FieldLevel.ORGANIZATION, "city", FieldType.TEXT, {"title": "City"}, by=None)
        return {one.key: str(one.id) for one in plan.options}


@on_both
@pytest.mark.parametrize(
    ("level", "path", "said"),
    [
        ("person", "/users", {"full_name": "New", "email": "new@shop.test"}),
        ("organization", "/organizations", {"name": "Shop"}),
    ],
)
def test_what_an_own_field_does_not_take_is_named_by_its_key(
    olga: Kayako, api: Api, level: str, path: str, said: dict[str, str]
) -> None:
    api.post("/fields", {"level": level, "key": "city", "title": "City", "type": "text"})
    [error] = olga.post(path, {**said, "field_values": {"city": "Bonn\nBerlin"}}).json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "field_values[city]")


def test_a_user_is_made_and_is_a_customer_unless_it_is_said(olga: Kayako, fields: dict[str, str]) -> None:
    said = {"designation": "Boss", "legacy_id": "u-7", "locale": "pt-br", "time_zone": "Asia/Karachi"}
    answer = olga.post("/users?include=*", {**NEW, **said, "field_values": {"plan": "gold"}})
    made = answer.json["data"]
    assert answer.status_code == 201
    assert answer.headers["Content-Location"] == made["resource_url"]
    assert {name: made[name] for name in said} == said
    assert (made["full_name"], made["role"]["type"], made["emails"][0]["email"]) == (
        "New User",
        "CUSTOMER",
        NEW["email"],
    )
    assert [one["value"] for one in made["custom_fields"]] == [fields["gold"]]
    assert made["custom_fields"][0]["field"]["key"] == "plan"
    assert olga.get(f"/users/{made['id']}?include=*").json["data"] == made


def test_a_member_of_the_team_is_made_with_his_teams(olga: Kayako) -> None:
    teams = [olga.post("/teams", {"title": title}).json["data"]["id"] for title in ("Support", "Sales")]
    said = {"role_id": str(AGENT), "team_ids": f"{teams[0]},{teams[1]}", "signature": "Yours"}
    made = olga.post("/users", {**NEW, **said}).json["data"]
    assert ([one["id"] for one in made["teams"]], made["signature"]) == (teams, "Yours")
    changed = olga.put(f"/users/{made['id']}", {"team_ids": [teams[1]]}).json["data"]
    assert [one["id"] for one in changed["teams"]] == [teams[1]]
    assert olga.put(f"/users/{made['id']}", {"role_id": CUSTOMER}).json["data"]["teams"] == []


@pytest.mark.parametrize(
    ("said", "code", "parameter"),
    [
        ({"full_name": None}, "FIELD_INVALID", "full_name"),
        ({"email": ""}, "FIELD_EMPTY", "email"),
        ({"email": "x"}, "FIELD_INVALID", "email"),
        ({"role_id": 9}, "FIELD_INVALID", "role_id"),
        ({"organization_id": 9}, "FIELD_INVALID", "organization_id"),
        ({"role_id": AGENT, "team_ids": "9"}, "FIELD_INVALID", "team_ids"),
        ({"locale": "!"}, "FIELD_INVALID", "locale"),
        ({"time_zone": "Mars"}, "FIELD_INVALID", "time_zone"),
        ({"legacy_id": "a\nb"}, "FIELD_INVALID", "legacy_id"),
        ({"field_values": {"nothing": "x"}}, "FIELD_INVALID", "field_values[nothing]"),
        ({"field_values": {"plan": "silver"}}, "FIELD_INVALID", "field_values[plan]"),
    ],
)
def test_what_is_wrong_with_a_user_is_named(
    olga: Kayako, fields: dict[str, str], said: dict[str, Any], code: str, parameter: str
) -> None:
    assert wrong(olga.post("/users", {**NEW, **said})) == (400, code, parameter)
    assert olga.get("/users?role=CUSTOMER").json["total_count"] == 1, "nothing is made"


def test_what_is_required_and_what_is_taken_is_named(olga: Kayako) -> None:
    assert wrong(olga.post("/users", {"full_name": "New"})) == (400, "FIELD_REQUIRED", "email")
    assert wrong(olga.post("/users", {**NEW, "email": UNA})) == (400, "FIELD_DUPLICATE", "email")
    olga.post("/users", {**NEW, "legacy_id": "u-7"})
    again = olga.post("/users", {**NEW, "email": "other@shop.test", "legacy_id": "u-7"})
    assert wrong(again) == (400, "FIELD_DUPLICATE", "legacy_id")


@on_both
def test_a_user_is_changed(olga: Kayako, cast: Cast, fields: dict[str, str]) -> None:
    organization = olga.post("/organizations", {"name": "Shop"}).json["data"]["id"]
    said = {"full_name": "Una", "designation": "Boss", "organization_id": organization, "legacy_id": "u-1"}
    una = olga.put(f"/users/{cast.una.id}", {**said, "field_values": {"plan": fields["free"]}}).json["data"]
    assert (una["full_name"], una["designation"], una["legacy_id"]) == ("Una", "Boss", "u-1")
    assert una["organization"]["id"] == organization
    assert una["custom_fields"][0]["value"] == fields["free"]
    empty = {"designation": "", "organization_id": None, "legacy_id": "", "field_values": {"plan": ""}}
    una = olga.put(f"/users/{cast.una.id}", empty).json["data"]
    assert (una["designation"], una["organization"], una["legacy_id"], una["custom_fields"]) == (None, None, None, [])


def test_a_user_is_disabled_and_enabled(olga: Kayako, cast: Cast) -> None:
    path = f"/users/{cast.una.id}"
    assert olga.put(path, {"is_enabled": False}).json["data"]["is_enabled"] is False
    assert olga.put(path, {"isEnabled": "true"}).json["data"]["is_enabled"] is True
    assert olga.put(f"/users/{cast.olga.id}", {"is_enabled": False}).status_code == 409


def test_several_users_are_changed_or_none(olga: Kayako, cast: Cast) -> None:
    ids = f"{cast.una.id},{cast.ben.id}"
    assert olga.put(f"/users?ids={ids}", {"time_zone": "Asia/Karachi"}).json == {
        "status": 200,
        "total_count": 2,
        "session_id": olga.get("/session").json["session_id"],
    }
    assert olga.put(f"/users?ids={ids},999", {"time_zone": "UTC"}).status_code == 404
    zones = {one["time_zone"] for one in olga.get(f"/users?ids={ids}").json["data"]}
    assert zones == {"Asia/Karachi"}


def test_nobody_makes_or_changes_somebody_above_himself(olga: Kayako, app: Flask, cast: Cast, api: Api) -> None:
    admin = olga.post("/users", {"full_name": "Ada", "email": "ada@team.test", "role_id": ADMIN}).json["data"]
    key = api.post("/api-keys", {"name": "x", "role": "admin", "person": admin["uuid"]}).json["key"]
    ada = Kayako(app.test_client(), "ada@team.test", key)
    assert wrong(ada.post("/users", {**NEW, "role_id": OWNER})) == (403, "PERMISSIONS_DENIED", None)
    for method, body in (("PUT", {"full_name": "X"}), ("DELETE", None)):
        assert ada.call(method, f"/users/{cast.olga.id}", json=body).status_code == 403
    assert ada.put(f"/users/{cast.ben.id}", {"role_id": OWNER}).status_code == 403
    assert ada.post("/identities/phones", {"user_id": cast.olga.id, "number": "+49 30 1234567"}).status_code == 403
    email = olga.get(f"/users/{cast.olga.id}").json["data"]["emails"][0]["id"]
    for method, body in (("PUT", {"is_validated": True}), ("DELETE", None)):
        assert ada.call(method, f"/identities/emails/{email}", json=body).status_code == 403
    assert olga.get(f"/users/{cast.olga.id}").json["data"]["full_name"] == "Olga Owner"


@on_both
def test_a_customer_who_is_deleted_is_forgotten_by_a_job(olga: Kayako, cast: Cast, work: Worker) -> None:
    assert olga.delete(f"/users/{cast.una.id}").status_code == 200
    assert olga.get(f"/users/{cast.una.id}").json["data"]["is_enabled"] is False
    work()
    assert olga.get(f"/users/{cast.una.id}").status_code == 404
    assert olga.get("/users?role=CUSTOMER").json["total_count"] == 0


@on_both
def test_nobody_answers_for_the_open_cases_of_who_is_let_go(olga: Kayako, cast: Cast, api: Api, work: Worker) -> None:
    case = api.opened(UNA)["uuid"]
    api.patch(f"/cases/{case}", {"assignee": str(cast.ben.uuid)})
    assert olga.delete(f"/users?ids={cast.ben.id},{cast.amy.id}").json["total_count"] == 2
    assert olga.get(f"/users/{cast.ben.id}").status_code == 404
    work()
    assert api.get(f"/cases/{case}").json["assignee"] is None
    assert olga.delete(f"/users/{cast.olga.id}").status_code == 409
    assert BEN not in olga.get("/users?include=identity_email").text


def test_no_value_of_a_field_is_said_however_nothing_is_written(olga: Kayako) -> None:
    for number, nothing in enumerate(([], "", {}, None)):
        said = {"full_name": "New User", "email": f"new{number}@shop.test", "field_values": nothing}
        assert olga.post("/users", said).status_code == 201
    form = {"full_name": "New User", "email": "form@shop.test", "field_values": ""}
    assert olga.post("/users", data=form).status_code == 201
    assert olga.post("/organizations", {"name": "Shop", "field_values": []}).status_code == 201
    assert wrong(olga.post("/users", {**NEW, "field_values": "x"})) == (400, "FIELD_INVALID", "field_values")
