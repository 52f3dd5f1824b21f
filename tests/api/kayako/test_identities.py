"""Where users are reached, and the domains of organizations, by Kayako's dialect."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.clock import now
from app.extensions import db
from app.people.models import Identity
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both

User = Callable[[str], Kayako]
KINDS = [
    ("emails", "email", "new@shop.test"),
    ("phones", "number", "+49 30 1234567"),
    ("twitter", "screen_name", "una"),
    ("facebook", "user_name", "una.f"),
]


@pytest.fixture
def olga(user: User) -> Kayako:
    return user("olga")


def ids(answer: Any) -> list[int]:
    return [one["id"] for one in answer.json["data"]]


@on_both
@pytest.mark.parametrize(("kind", "name", "value"), KINDS)
def test_a_user_is_reached_in_another_way(olga: Kayako, cast: Cast, kind: str, name: str, value: str) -> None:
    path = f"/identities/{kind}"
    answer = olga.post(path, {"user_id": cast.una.id, name: value})
    made = answer.json["data"]
    assert (answer.status_code, made[name], made["is_validated"]) == (201, value, False)
    assert made["resource_url"].endswith(f"/api/v1{path}/{made['id']}")
    assert olga.get(f"{path}/{made['id']}").json["data"] == made
    assert made["id"] in ids(olga.get(f"{path}?user_id={cast.una.id}"))
    assert made["id"] not in ids(olga.get(f"{path}?user_id={cast.ben.id}"))
    assert made["id"] in ids(olga.get(path))
    changed = olga.put(f"{path}/{made['id']}", {"is_primary": True, "is_validated": True}).json["data"]
    assert (changed["is_primary"], changed["is_validated"]) == (True, True)
    assert ids(olga.get(f"{path}?user_id={cast.una.id}"))[0] == made["id"]
    assert olga.delete(f"{path}/{made['id']}").status_code == 200
    assert olga.get(f"{path}/{made['id']}").status_code == 404


@pytest.mark.parametrize(("kind", "name", "value"), KINDS)
def test_several_ways_are_taken_away_at_once(olga: Kayako, cast: Cast, kind: str, name: str, value: str) -> None:
    path = f"/identities/{kind}"
    values = value, f"9{value}" if "@" in value else f"{value}9"
    made = [olga.post(path, {"user_id": cast.una.id, name: one}).json["data"]["id"] for one in values]
    assert olga.delete(f"{path}?ids={made[0]},{made[1]},999").status_code == 404
    assert olga.delete(f"{path}?ids={made[0]},{made[1]}").json["total_count"] == 2
    assert not {*made} & {*ids(olga.get(path))}


def test_what_is_wrong_with_an_address_is_named(olga: Kayako, cast: Cast) -> None:
    for said, code, parameter in (
        ({"user_id": cast.una.id, "email": "x"}, "FIELD_INVALID", "email"),
        ({"user_id": cast.una.id, "email": BEN}, "FIELD_DUPLICATE", "email"),
        ({"user_id": cast.una.id}, "FIELD_REQUIRED", "email"),
        ({"user_id": 999, "email": "x@y.test"}, "FIELD_INVALID", "user_id"),
    ):
        [error] = olga.post("/identities/emails", said).json["errors"]
        assert (error["code"], error["parameter"]) == (code, parameter)
    [last] = ids(olga.get(f"/identities/emails?user_id={cast.una.id}"))
    answer = olga.delete(f"/identities/emails/{last}")
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (409, "NOT_ALLOWED")
    assert olga.get(f"/identities/phones/{last}").status_code == 404, "it is of another kind"


def test_mail_is_sent_again_to_an_address_from_which_it_came_back(app: Flask, olga: Kayako, cast: Cast) -> None:
    [una] = ids(olga.get(f"/identities/emails?user_id={cast.una.id}"))
    with app.app_context(), transaction():
        db.session.get_one(Identity, una).suppressed_at = now()
    path = f"/identities/emails/{una}"
    assert olga.get(path).json["data"]["is_notification_enabled"] is False
    assert olga.put(path, {"is_notification_enabled": True}).json["data"]["is_notification_enabled"] is True
    assert olga.get(path).json["data"]["email"] == UNA


@on_both
def test_domains_come_and_go(olga: Kayako) -> None:
    shop, other = (olga.post("/organizations", {"name": one}).json["data"]["id"] for one in ("Shop", "Other"))
    path = "/identities/domains"
    made = [
        olga.post(path, {"organization_id": shop, "domain": one}).json["data"]["id"]
        for one in ("shop.test", "Müller.example")
    ]
    assert olga.get(f"{path}/{made[1]}").json["data"]["domain"] == "xn--mller-kva.example"
    assert olga.post(path, {"organization_id": shop, "domain": "SHOP.test"}).json["data"]["id"] == made[0]
    assert ids(olga.get(f"{path}?organization_id={shop}")) == made
    assert ids(olga.get(f"{path}?organization_id={other}")) == []
    assert olga.delete(f"{path}/{made[0]}").status_code == 200
    assert ids(olga.get(path)) == made[1:]
    assert olga.delete(f"{path}?ids={made[1]}").json["total_count"] == 1
    assert olga.get(f"{path}/{made[1]}").status_code == 404
    for said, parameter in (
        ({"organization_id": 999, "domain": "x.test"}, "organization_id"),
        ({"organization_id": shop, "domain": "x"}, "domain"),
    ):
        assert olga.post(path, said).json["errors"][0]["parameter"] == parameter
