"""Confirming, closing and reopening a case over HTTP."""

from typing import Any

import pytest

from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.sandbox import Outside, link_in

without_mail = pytest.mark.settings(CASEY_CASE_CONFIRMATION="true", CASEY_MAIL_ENABLE="false")


@without_mail
def test_without_mail_the_answer_to_opening_carries_code_and_address(api: Api) -> None:
    case = api.opened(UNA)
    confirmation = case["confirmation"]
    assert case["state"] == "pending"
    assert confirmation["url"] == f"http://127.0.0.1:8025/confirm/{confirmation['code']}"
    assert "confirmation" not in api.get(f"/case/{case['uuid']}").json


@without_mail
def test_a_code_confirms_its_case_once(api: Api) -> None:
    case = api.opened(UNA)
    code = {"code": case["confirmation"]["code"]}
    answer = api.post("/cases/confirm", code)
    assert (answer.status_code, answer.json["uuid"], answer.json["state"]) == (200, case["uuid"], "active")
    again = api.post("/cases/confirm", code)
    assert (again.status_code, again.json["code"], again.json["case"]) == (409, "conflict", case["uuid"])


@without_mail
def test_the_address_of_confirmation_may_be_your_own(api: Api) -> None:
    api.post("/config", {"caseConfirmUrl": "https://shop.test/confirm?code=%code%"})
    confirmation = api.opened(UNA)["confirmation"]
    assert confirmation["url"] == f"https://shop.test/confirm?code={confirmation['code']}"


def test_an_unknown_code_confirms_nothing(api: Api) -> None:
    answer = api.post("/cases/confirm", {"code": "x" * 43})
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_with_mail_the_code_goes_to_the_creator_alone(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    assert "confirmation" not in case
    work()
    [mail] = outside.inbox(UNA)
    code = link_in(mail, "/confirm/").rpartition("/")[2]
    assert api.post("/cases/confirm", {"code": code}).json["state"] == "active"
    work()
    assert len(outside.inbox(BEN)) == 1


@without_mail
def test_a_pending_case_takes_no_messages(api: Api) -> None:
    case = api.opened(UNA)
    answer = api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "Hello?"})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")


@pytest.mark.parametrize("word", ["case", "cases"])
def test_closing_and_reopening_are_safe_to_repeat(api: Api, word: str) -> None:
    path = f"/{word}/{api.opened(UNA)['uuid']}"
    for body in (None, {}):
        closed = api.post(f"{path}/close", body)
        assert (closed.status_code, closed.json["status"]) == (200, "closed")
        assert closed.json["closed_at"]
    for body in (None, {}):
        opened = api.post(f"{path}/reopen", body)
        assert (opened.status_code, opened.json["status"], opened.json["closed_at"]) == (200, "open", None)


def test_a_message_reopens_a_closed_case(api: Api) -> None:
    case = closed_case(api)
    assert api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "Not yet!"}).status_code == 201
    assert api.get(f"/case/{case['uuid']}").json["status"] == "open"


def test_where_closed_cases_stay_closed_a_message_is_refused_and_not_kept(api: Api) -> None:
    api.post("/config", {"caseCanReopen": False})
    case = closed_case(api)
    answer = api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "Not yet!"})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    found = api.get(f"/case/{case['uuid']}").json
    assert (found["status"], len(found["messages"])) == ("closed", 1)


def closed_case(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = api.post(f"/case/{api.opened(UNA)['uuid']}/close").json
    return found
