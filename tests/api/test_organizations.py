"""Organizations over HTTP."""

from flask import Flask

from tests.api_client import Api
from tests.cast import Cast
from tests.queries import queries


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
