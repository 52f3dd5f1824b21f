"""Organizations over HTTP."""

from typing import Any

from flask import Flask

from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.queries import queries
from tests.sandbox import Outside


def test_an_organization_is_made_changed_shown_listed_and_deleted(api: Api) -> None:
    made = api.post("/organizations", {"name": "Shop", "domains": ["shop.test"], "meta": {"plan": "gold"}})
    assert made.status_code == 201
    path = f"/organizations/{made.json['uuid']}"
    changed = api.patch(path, {"name": "The Shop", "note": "Big.", "meta": {"plan": None, "seats": 3}}).json
    assert (changed["name"], changed["domains"], changed["meta"]) == ("The Shop", ["shop.test"], {"seats": 3})
    assert api.get(path).json == changed
    assert api.get("/organizations").json == {"items": [changed], "next": None}
    assert api.delete(path).json == changed
    assert api.delete(path).status_code == 404
    assert api.get("/organizations").json["items"] == []


def test_a_person_joins_by_hand_or_by_his_domain_and_leaves(api: Api, cast: Cast) -> None:
    shop = api.post("/organizations", {"name": "Shop", "domains": ["shop.test"]}).json["uuid"]
    person = api.patch(f"/persons/{cast.una.uuid}", {"organization": shop})
    assert person.json["organization"] == {"uuid": shop, "name": "Shop"}
    api.opened("new@shop.test")
    members = api.get(f"/organizations/{shop}/members").json["items"]
    assert [one["email"] for one in members] == [cast.una.email, "new@shop.test"]
    assert api.patch(f"/persons/{cast.una.uuid}", {"organization": None}).json["organization"] is None
    page = api.get(f"/organizations/{shop}/members?limit=1").json
    assert [one["email"] for one in page["items"]] == ["new@shop.test"]


def test_what_is_no_organization_is_refused(api: Api) -> None:
    for body, field in (
        ({}, "name"),
        ({"name": "A", "domains": "shop.test"}, "domains"),
        ({"name": "A", "domains": ["shop"]}, "domains"),
        ({"name": "A", "meta": {"caseyA": 1}}, "meta"),
    ):
        answer = api.post("/organizations", body)
        assert (answer.status_code, answer.json["field"]) == (422, field)


def test_the_list_asks_the_same_however_many_there_are(app: Flask, api: Api) -> None:
    found = []
    for name in ("one", "two", "three"):
        api.post("/organizations", {"name": name, "domains": [f"{name}.test", f"{name}.example"]})
        with queries(app) as asked:
            api.get("/organizations")
        found.append(len(asked))
    assert len(set(found[1:])) == 1


def test_an_address_and_a_team_are_said_of_it(api: Api) -> None:
    team = api.post("/teams", {"name": "Second line"}).json["uuid"]
    said = {"name": "Shop", "address": "Harbour Road 1", "default_team": team}
    shop = api.post("/organizations", said).json
    assert (shop["address"], shop["default_team"]) == ("Harbour Road 1", {"uuid": team, "name": "Second line"})
    assert api.patch(f"/organizations/{shop['uuid']}", {"default_team": None}).json["default_team"] is None
    api.patch(f"/teams/{team}", {"disabled": True})
    for given in (team, shop["uuid"]):
        answer = api.patch(f"/organizations/{shop['uuid']}", {"default_team": given})
        assert (answer.status_code, answer.json["field"]) == (422, "default_team")


@on_both
def test_its_team_is_given_the_new_cases_of_its_people(api: Api) -> None:
    team, other = (api.post("/teams", {"name": name}).json["uuid"] for name in ("Second line", "Third line"))
    shop = api.post("/organizations", {"name": "Shop", "domains": ["shop.test"], "default_team": team}).json["uuid"]

    def answers(email: str) -> Any:
        team = api.get(f"/cases/{api.opened(email)['uuid']}").json["team"]
        return team and team["uuid"]

    assert (answers("new@shop.test"), answers(UNA)) == (team, None)
    api.patch(f"/teams/{team}", {"disabled": True})
    assert answers("new@shop.test") is None
    api.patch(f"/organizations/{shop}", {"default_team": other})
    assert answers("new@shop.test") == other
    api.patch(f"/organizations/{shop}", {"disabled": True})
    assert answers("new@shop.test") is None


@on_both
def test_the_people_of_a_blocked_one_neither_write_nor_are_written_to(api: Api, work: Worker, outside: Outside) -> None:
    shop = api.post("/organizations", {"name": "Shop", "domains": ["shop.test"]}).json["uuid"]
    case = api.opened("new@shop.test")["uuid"]
    assert api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Before"}).status_code == 201
    assert api.post(f"/organizations/{shop}/block").json["blocked"] is True
    work()
    assert outside.inbox("new@shop.test") == []
    refused = api.post(f"/cases/{case}/messages", {"from": "new@shop.test", "message": "Hi"})
    assert (refused.status_code, refused.json["field"]) == (422, "from")
    outside.send(letter("new@shop.test", "Help", "It burns"))
    work()
    assert len(api.get("/cases").json["items"]) == 1
    assert api.post(f"/organizations/{shop}/unblock").json["blocked"] is False
    assert api.post(f"/cases/{case}/messages", {"from": "new@shop.test", "message": "Hi"}).status_code == 201


def test_nobody_joins_one_that_is_disabled_by_his_address(api: Api) -> None:
    shop = api.post("/organizations", {"name": "Shop", "domains": ["shop.test"]}).json["uuid"]
    assert api.patch(f"/organizations/{shop}", {"disabled": True}).json["disabled"] is True
    api.opened("new@shop.test")
    assert api.get(f"/organizations/{shop}/members").json["items"] == []
    assert api.patch(f"/organizations/{shop}", {"disabled": False}).json["disabled"] is False
    api.opened("other@shop.test")
    assert len(api.get(f"/organizations/{shop}/members").json["items"]) == 1
