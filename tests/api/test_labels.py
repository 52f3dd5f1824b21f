"""The tags of a case, labels, and statuses of the operator's own, over HTTP."""

import pytest
from flask import Flask

from app.cases.models import Case
from app.extensions import db
from app.transaction import transaction
from tests.api_client import PREFIX, Api
from tests.cast import UNA


def test_tags_are_put_on_replaced_and_taken_off(api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}/tags"
    assert api.post(path, {"tags": ["late", "Billing"]}).json["tags"] == ["Billing", "late"]
    assert api.call("PUT", path, json={"tags": ["late", "vip"]}).json["tags"] == ["late", "vip"]
    for _ in range(2):
        assert api.delete(f"{path}/LATE").json["tags"] == ["vip"]


def test_a_tag_may_hold_what_addresses_are_made_of(api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}/tags"
    tag = "http://shop.test/?a=1&b=2#x%20y"
    api.post(path, {"tags": [tag]})
    named = "http%3A%2F%2Fshop.test%2F%3Fa%3D1%26b%3D2%23x%2520y"
    headers = {"Authorization": f"Bearer {api.key}"}
    assert api.client.get(f"{PREFIX}/labels/{named}", headers=headers).json["name"] == tag
    assert api.client.delete(f"{PREFIX}{path}/{named}", headers=headers).json["tags"] == []


def test_a_tag_that_a_rule_put_there_is_neither_taken_off_nor_replaced(app: Flask, api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}/tags"
    api.post(path, {"tags": ["vip"]})
    with app.app_context(), transaction():
        db.session.get_one(Case, 1).labels[0].locked = True
    for answer in (api.delete(f"{path}/vip"), api.call("PUT", path, json={"tags": []}), api.delete("/labels/vip")):
        assert (answer.status_code, answer.json["code"]) == (409, "conflict")
        assert "A rule put the label vip" in answer.json["detail"]


@pytest.mark.parametrize("tags", [None, "late", [5], [""], ["a\r\nBcc: eve@stranger.test"], ["t" * 101], ["t"] * 101])
def test_tags_that_cannot_be_are_refused(api: Api, tags: object) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}/tags"
    for method in ("PUT", "POST"):
        answer = api.call(method, path, json={"tags": tags})
        assert answer.status_code == 422
        assert answer.json["field"].startswith("tags")


def test_labels_are_made_listed_renamed_and_deleted(api: Api) -> None:
    assert api.post("/labels", {"name": "Late"}).status_code == 201
    assert api.post("/labels", {"name": "late"}).status_code == 409
    api.post(f"/cases/{api.opened(UNA)['uuid']}/tags", {"tags": ["late", "vip"]})
    first = api.get("/labels?limit=1").json
    assert [(one["name"], one["cases"]) for one in first["items"]] == [("Late", 1)]
    assert [one["name"] for one in api.get(f"/labels?cursor={first['next']}").json["items"]] == ["vip"]
    assert api.patch("/labels/late", {"name": "overdue"}).json["cases"] == 1
    assert api.delete("/labels/overdue").json["name"] == "overdue"
    assert api.get("/labels/overdue").status_code == 404


def test_statuses_are_made_listed_changed_and_deleted(api: Api) -> None:
    path = f"/cases/{api.opened(UNA)['uuid']}"
    made = {"label": "With the maker", "base": "waiting", "sort_order": 3, "sla_active": True}
    assert api.post("/statuses", made).json == made
    assert api.post("/statuses", made).status_code == 409
    assert api.patch(path, {"custom_status": "With the maker"}).json["status"] == "waiting"
    assert api.patch("/statuses/With the maker", {"label": "At the maker's"}).status_code == 200
    assert api.patch("/statuses/At the maker's", {"base": "open"}).json["field"] == "base"
    assert api.get(path).json["custom_status"] == "At the maker's"
    assert api.get("/statuses").json == {"items": [made | {"label": "At the maker's"}], "next": None}
    assert api.delete("/statuses/At the maker's").status_code == 200
    assert (api.get(path).json["custom_status"], api.get(path).json["status"]) == (None, "waiting")
    assert api.get("/statuses/At the maker's").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"base": "open"}, "label"),
        ({"label": "x"}, "base"),
        ({"label": "x", "base": "pending"}, "base"),
        ({"label": "x", "base": "open", "sort_order": 1.5}, "sort_order"),
        ({"label": "x", "base": "open", "sort_order": -1}, "sort_order"),
        ({"label": "a\nb", "base": "open"}, "label"),
    ],
)
def test_a_status_that_cannot_be_is_refused(api: Api, body: object, field: str) -> None:
    answer = api.post("/statuses", body)
    assert (answer.status_code, answer.json["field"]) == (422, field)
