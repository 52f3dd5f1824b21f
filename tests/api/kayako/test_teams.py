"""Roles, teams and organizations by Kayako's dialect, and their members."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both

User = Callable[[str], Kayako]


@pytest.fixture
def olga(user: User) -> Kayako:
    return user("olga")


def ids(answer: Any) -> list[int]:
    return [one["id"] for one in answer.json["data"]]


def made(olga: Kayako, path: str, **said: Any) -> Any:
    answer = olga.post(path, said)
    assert answer.status_code == 201, answer.text
    return answer.json["data"]


def test_there_are_five_roles(kayako: Kayako) -> None:
    roles = kayako.get("/roles").json["data"]
    assert [(one["id"], one["type"]) for one in roles] == [
        (1, "ADMIN"),
        (2, "AGENT"),
        (3, "COLLABORATOR"),
        (4, "CUSTOMER"),
        (5, "OWNER"),
    ]
    assert kayako.get("/roles/2").json["data"] == roles[1]
    assert kayako.get("/roles/6").status_code == 404


def test_what_a_role_may_do_is_told(kayako: Kayako) -> None:
    of_agents = {one["name"]: one["value"] for one in kayako.get("/roles/2/permissions").json["data"]}
    assert (of_agents["read_cases"], of_agents["change_persons"]) == (True, False)
    assert not any(one["value"] for one in kayako.get("/roles/4/permissions").json["data"])


@on_both
def test_a_team_is_made_changed_and_deleted(olga: Kayako, cast: Cast, api: Api, work: Worker) -> None:
    team = made(olga, "/teams", title="Support", legacy_id="t-1")
    assert (team["title"], team["legacy_id"], team["businesshour"], team["member_count"]) == ("Support", "t-1", None, 0)
    path = f"/teams/{team['id']}"
    assert olga.put(path, {"title": "Help"}).json["data"]["title"] == "Help"
    assert olga.get(path).json["data"]["title"] == "Help"
    case = api.opened(UNA)["uuid"]
    uuid = api.get("/teams").json["items"][0]["uuid"]
    api.patch(f"/cases/{case}", {"team": uuid})
    assert olga.delete(path).json["status"] == 200
    assert olga.get(path).status_code == 404
    work()
    assert api.get(f"/cases/{case}").json["team"] is None


def test_titles_of_teams_are_theirs_alone(olga: Kayako) -> None:
    made(olga, "/teams", title="Support", legacy_id="t-1")
    for said, parameter in (({"title": "Support"}, "title"), ({"title": "Other", "legacy_id": "t-1"}, "legacy_id")):
        answer = olga.post("/teams", said)
        assert (answer.json["errors"][0]["code"], answer.json["errors"][0]["parameter"]) == (
            "FIELD_DUPLICATE",
            parameter,
        )
    assert olga.post("/teams", {}).json["errors"][0]["code"] == "FIELD_REQUIRED"


@on_both
def test_teams_are_listed_from_the_oldest_on_or_by_ids_of_ones_own(olga: Kayako) -> None:
    teams = [made(olga, "/teams", title=f"Team {n}", legacy_id=f"t-{n}")["id"] for n in range(3)]
    assert ids(olga.get("/teams?limit=2")) == teams[:2]
    assert ids(olga.get("/teams?limit=2&offset=2")) == teams[2:]
    assert ids(olga.get("/teams?legacy_ids=t-0,t-2,t-9")) == [teams[0], teams[2]]
    assert olga.delete(f"/teams?ids={teams[0]},{teams[1]}").json["total_count"] == 2
    assert ids(olga.get("/teams")) == teams[2:]
    assert olga.delete("/teams").json["errors"][0]["parameter"] == "ids"


def test_members_come_and_go(olga: Kayako, cast: Cast) -> None:
    team = made(olga, "/teams", title="Support")["id"]
    path = f"/teams/{team}/members"
    added = olga.post(path, {"agent_ids": f"{cast.ben.id},{cast.amy.id}"})
    assert (added.status_code, ids(added)) == (201, [cast.ben.id, cast.amy.id])
    assert ids(olga.get(path)) == [cast.amy.id, cast.ben.id]
    olga.put(f"/users/{cast.amy.id}", {"is_enabled": False})
    assert ids(olga.get(f"{path}?is_enabled=true")) == [cast.ben.id]
    assert olga.delete(f"{path}?agent_id={cast.ben.id}").json["status"] == 200
    assert olga.delete(f"{path}?agent_ids={cast.amy.id}").json["total_count"] == 1
    assert olga.get(f"/teams/{team}").json["data"]["member_count"] == 0
    for said in ({"agent_ids": cast.una.id}, {"agent_ids": 999}):
        assert olga.post(path, said).json["errors"][0]["parameter"] == "agent_ids"
    [error] = olga.delete(path).json["errors"]
    assert (error["code"], error["parameters"]) == ("ANY_FIELD_REQUIRED", ["agent_id", "agent_ids"])


@on_both
def test_an_organization_is_made_changed_and_deleted(app: Flask, olga: Kayako, cast: Cast) -> None:
    with app.app_context(), transaction():
        define_field(FieldLevel.ORGANIZATION, "city", FieldType.TEXT, {"title": "City"}, by=None)
    said = {"name": "Shop", "legacy_id": "o-1", "domains": "shop.test,Shop.example"}
    shop = made(olga, "/organizations?include=*", **said, field_values={"city": "Bonn"})
    assert (shop["name"], shop["legacy_id"], shop["is_shared"], shop["phone"]) == ("Shop", "o-1", False, [])
    assert [one["domain"] for one in shop["domains"]] == ["shop.example", "shop.test"]
    assert (shop["custom_fields"][0]["field"]["key"], shop["custom_fields"][0]["value"]) == ("city", "Bonn")
    path = f"/organizations/{shop['id']}"
    changed = olga.put(f"{path}?include=*", {"name": "Store", "domains": ["store.test"], "field_values": {"city": ""}})
    assert changed.json["data"]["name"] == "Store"
    assert [one["domain"] for one in changed.json["data"]["domains"]] == ["store.test"]
    assert changed.json["data"]["custom_fields"] == []
    olga.put(f"/users/{cast.una.id}", {"organization_id": shop["id"]})
    assert ids(olga.get(f"{path}/members")) == [cast.una.id]
    assert olga.delete(path).status_code == 200
    assert olga.get(path).status_code == 404
    assert olga.get(f"/users/{cast.una.id}").json["data"]["organization"] is None


def test_what_is_wrong_with_an_organization_is_named(olga: Kayako) -> None:
    made(olga, "/organizations", name="Shop", legacy_id="o-1")
    for said, code, parameter in (
        ({}, "FIELD_REQUIRED", "name"),
        ({"name": ""}, "FIELD_EMPTY", "name"),
        ({"name": "Other", "legacy_id": "o-1"}, "FIELD_DUPLICATE", "legacy_id"),
        ({"name": "Other", "domains": "x"}, "FIELD_INVALID", "domains"),
        ({"name": "Other", "field_values": {"x": "y"}}, "FIELD_INVALID", "field_values[x]"),
    ):
        [error] = olga.post("/organizations", said).json["errors"]
        assert (error["code"], error["parameter"]) == (code, parameter)


@on_both
def test_organizations_are_listed_from_the_oldest_on_or_by_ids_of_ones_own(olga: Kayako) -> None:
    shops = [made(olga, "/organizations", name=f"Shop {n}", legacy_id=f"o-{n}")["id"] for n in range(3)]
    assert ids(olga.get("/organizations?limit=2")) == shops[:2]
    assert ids(olga.get("/organizations?legacy_ids=o-2")) == shops[2:]
    assert olga.delete(f"/organizations?ids={shops[0]},{shops[2]}").json["total_count"] == 2
    assert ids(olga.get("/organizations")) == [shops[1]]


def test_fields_of_the_operators_own_are_told(app: Flask, kayako: Kayako) -> None:
    options = [{"key": "gold", "title": "Gold"}]
    with app.app_context(), transaction():
        plan = define_field(FieldLevel.PERSON, "plan", FieldType.SELECT, {"title": "Plan", "options": options}, by=None)
        define_field(FieldLevel.ORGANIZATION, "vip", FieldType.YES_NO, {"title": "VIP"}, by=None)
        number = plan.id
    [plan] = kayako.get("/users/fields?include=field_option,locale_field").json["data"]
    assert (plan["id"], plan["key"], plan["type"], plan["title"]) == (number, "plan", "SELECT", "Plan")
    assert (plan["options"][0]["tag"], plan["options"][0]["values"][0]["translation"]) == ("gold", "Gold")
    assert kayako.get(f"/users/fields/{number}").json["data"]["key"] == "plan"
    assert kayako.get(f"/organizations/fields/{number}").status_code == 404
    assert [one["type"] for one in kayako.get("/organizations/fields").json["data"]] == ["YESNO"]
