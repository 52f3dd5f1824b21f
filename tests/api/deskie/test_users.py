"""Users by Deskie's dialect: made, shown, changed, blocked, disabled, linked, and forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both

Staff = Callable[[str], Deskie]
NEW = "new@shop.test"


@pytest.fixture
def deskie(staff: Staff) -> Deskie:
    """The API for olga, since users are changed by admins."""
    return staff("olga")


def made(deskie: Deskie, **said: Any) -> Any:
    answer = deskie.post("/users.json", {"user": {"user_email": NEW, **said}})
    assert answer.status_code == 201, answer.text
    return answer.json["user"]


def changed(deskie: Deskie, user: Any, **said: Any) -> Any:
    answer = deskie.put(f"/users/{user['user_id']}.json", {"user": said})
    assert answer.status_code == 200, answer.text
    return answer.json["user"]


@pytest.fixture
def plan(app: Flask) -> str:
    with app.app_context(), transaction():
        return f"cf_{define_field(FieldLevel.PERSON, 'plan', FieldType.TEXT, {'title': 'Plan'}, by=None).id}"


def test_a_user_is_made_and_shown(deskie: Deskie, plan: str) -> None:
    said = {
        "user_full_name": "New User",
        "company_name": "Shop",
        "company_position": "Boss",
        "user_note": "VIP",
        "language_id": 4,
        "custom_fields": {plan: "gold"},
    }
    user = made(deskie, **said)
    assert {name: user[name] for name in said} == said
    assert (user["type"], user["user_email"], user["thumbnail"], user["linked_users"]) == ("email", NEW, "", [])
    assert (user["confirmed"], user["active"], user["deleted"]) == (False, True, False)
    assert user["last_contact_at"] == "-"
    assert "password" not in user
    assert deskie.get(f"/users/{user['user_id']}.json").json == {"user": user}
    again = made(deskie, user_email="other@shop.test", company_name="Shop")
    [company] = [one for key, one in deskie.get("/companies.json").json.items() if key != "total_count"]
    assert (again["company_name"], company["company"]["amount_of_users"]) == ("Shop", 2)


CONTACTS = {
    "user_phone": "+49 30 1234567",
    "user_whatsapp_phone": "+49 30 7654321",
    **{
        f"user_{name}": f"new.{name}"
        for name in (
            "vkontakte",
            "odnoklassniki",
            "facebook",
            "instagram",
            "telegram",
            "viber",
            "skype",
            "line",
            "slack",
            "mattermost",
            "avito",
        )
    },
}


def test_a_user_is_reached_in_every_way_that_is_said(deskie: Deskie) -> None:
    user = made(deskie, **CONTACTS, user_custom_id="7", user_custom_channel="cch1")
    assert {name: user[name] for name in CONTACTS} == CONTACTS
    assert (user["user_custom_id"], user["user_custom_channel"]) == ("7", "cch1")


@pytest.mark.parametrize("name", [*CONTACTS, "user_telegram_data", "user_custom_id"])
def test_any_contact_makes_a_user(deskie: Deskie, name: str) -> None:
    value = CONTACTS.get(name, "4711")
    user = made(deskie, user_email="", **{name: value})
    assert user["type"] == {"user_telegram_data": "telegram"}.get(name, name.removeprefix("user_"))
    assert "user_email" not in user
    assert (deskie.get(f"/users/{user['user_id']}.json").json["user"]) == user


@pytest.mark.parametrize(
    ("said", "status", "error"),
    [
        ({"user_email": UNA}, 409, "email_already_exist"),
        ({"user_phone": "+49 (30) 123 45-67"}, 409, "phone_already_exist"),
        ({"user_email": "una"}, 422, "wrong_email"),
        ({"user_phone": "no number"}, 422, "wrong_user_phone"),
        ({"user_email": ""}, 422, "empty_user_email"),
        ({"language_id": 999}, 422, "wrong_language_id"),
        ({"custom_fields": {"cf_99": "x"}}, 422, "wrong_custom_fields"),
    ],
)
def test_what_is_wrong_is_named(deskie: Deskie, said: dict[str, Any], status: int, error: str) -> None:
    made(deskie, user_email="first@shop.test", user_phone="+49 30 1234567")
    answer = deskie.post("/users.json", {"user": {"user_email": NEW, **said}})
    assert (answer.status_code, answer.json["error"]) == (status, error)
    assert deskie.post("/users.json", {"user_email": NEW}).json["error"] == "wrong_request"


def test_a_user_is_changed(deskie: Deskie, plan: str) -> None:
    user = made(deskie, company_name="Shop", language_id=4, custom_fields={plan: "gold"})
    said = {"user_full_name": "Other", "company_position": "Clerk", "user_note": "!", "user_phone": "+49 30 1234567"}
    after = changed(deskie, user, **said, company_name="", language_id=0, custom_fields={plan: ""})
    assert {name: after[name] for name in said} == said
    assert (after["company_name"], after["language_id"], after["custom_fields"]) == ("", 0, {plan: ""})
    assert after["user_email"] == NEW


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true", CASEY_MAIL_ENABLE="false")
def test_an_address_is_changed_until_it_is_confirmed(deskie: Deskie, api: Api) -> None:
    user = made(deskie)
    assert changed(deskie, user, user_email="newer@shop.test")["user_email"] == "newer@shop.test"
    taken = deskie.put(f"/users/{user['user_id']}.json", {"user": {"user_email": UNA}})
    assert taken.json["error"] == "email_already_exist"
    assert made(deskie)["user_id"] != user["user_id"], "the former address is nobody's any more"
    api.post("/cases/confirm", {"code": api.opened("newer@shop.test")["confirmation"]["code"]})
    assert deskie.get(f"/users/{user['user_id']}.json").json["user"]["confirmed"] is True
    answer = deskie.put(f"/users/{user['user_id']}.json", {"user": {"user_email": "third@shop.test"}})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_email")
    assert changed(deskie, user, user_email="newer@shop.test")["user_email"] == "newer@shop.test"


@on_both
def test_who_has_no_name_is_called_after_nothing_that_was_his(deskie: Deskie, api: Api, work: Worker) -> None:
    user = made(deskie, user_email="", user_phone="+49 30 1234567")
    assert user["user_full_name"] == "+49 30 1234567"
    assert changed(deskie, user, user_phone="+49 30 7654321")["user_full_name"] == "+49 30 7654321"
    case = deskie.opened(user_email="", user_phone="+49 30 7654321")
    work()
    path = next(one["uuid"] for one in api.get("/cases").json["items"] if one["reference"] == case["case_number"])
    [participant] = api.get(f"/cases/{path}").json["participants"]
    assert (participant["alias"], participant["email"]) == ("Participant", None)


@pytest.mark.parametrize("who", ["ben", "999999", "99999999999", "x"])
@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("PUT", "/block"), ("PUT", "/disable"), ("DELETE", "")])
def test_staff_and_strangers_are_no_users(deskie: Deskie, cast: Cast, who: str, method: str, rest: str) -> None:
    number = cast.ben.id if who == "ben" else who
    answer = deskie.call(method, f"/users/{number}{rest}.json")
    assert (answer.status_code, answer.json["error"]) == (404, "user_not_found")


@pytest.mark.parametrize(("verb", "flags"), [("block", (False, False)), ("disable", (True, True))])
def test_a_user_is_put_away_and_restored(
    deskie: Deskie, cast: Cast, verb: str, flags: tuple[bool, bool], api: Api
) -> None:
    path, case = f"/users/{cast.una.id}", api.opened(UNA)["uuid"]
    user = deskie.put(f"{path}/{verb}.json").json["user"]
    assert (user["active"], user["deleted"]) == flags
    assert api.post(f"/cases/{case}/messages", {"from": UNA, "message": "Hi"}).status_code == 422
    user = deskie.put(f"{path}/restore.json").json["user"]
    assert (user["active"], user["deleted"]) == (True, False)
    assert api.post(f"/cases/{case}/messages", {"from": UNA, "message": "Hi"}).status_code == 201


@on_both
def test_a_user_who_is_deleted_is_forgotten_and_his_cases_stay(deskie: Deskie, cast: Cast, work: Worker) -> None:
    case = deskie.opened(UNA)
    answer = deskie.delete(f"/users/{cast.una.id}.json")
    assert (answer.status_code, answer.json) == (200, {})
    assert deskie.get(f"/users/{cast.una.id}.json").json["user"]["deleted"] is True
    work()
    assert deskie.get(f"/users/{cast.una.id}.json").status_code == 404
    assert deskie.get("/users.json").json == {"total_count": 0}
    assert deskie.get(f"/cases/{case['case_id']}.json").json["case"]["subject"] == case["subject"]


@pytest.mark.parametrize("by", ["user_id", "user_email", "user_phone"])
@pytest.mark.parametrize("inside", [True, False])
def test_users_are_linked_and_unlinked(deskie: Deskie, cast: Cast, by: str, inside: bool) -> None:
    other = made(deskie, user_full_name="New", user_phone="+49 30 1234567")
    said = {by: other[by]}
    body = {"user": said} if inside else said
    user = deskie.put(f"/users/{cast.una.id}/link.json", body).json["user"]
    assert user["linked_users"] == [{"user_id": other["user_id"], "user_full_name": "New"}]
    shown = deskie.get(f"/users/{other['user_id']}.json").json["user"]
    assert [one["user_id"] for one in shown["linked_users"]] == [cast.una.id]
    assert deskie.put(f"/users/{cast.una.id}/unlink.json", body).json["user"]["linked_users"] == []


def test_nobody_is_linked_with_staff_or_strangers(deskie: Deskie, cast: Cast) -> None:
    for said in ({"user_id": cast.ben.id}, {"user_email": BEN}, {"user_phone": "+49 30 1"}, {"user_id": 9999}):
        answer = deskie.put(f"/users/{cast.una.id}/link.json", said)
        assert (answer.status_code, answer.json["error"]) == (404, "user_not_found")
    assert deskie.put(f"/users/{cast.una.id}/link.json", {}).json["error"] == "empty_user_id"


def test_identification_is_refused_with_a_code_of_its_own(deskie: Deskie) -> None:
    answer = deskie.post("/users/identification.json", {"user": {"user_email": UNA}})
    assert (answer.status_code, answer.json["error"]) == (422, "identification_not_supported")
