"""Customers who have no e-mail address: nobody else in a case sees where they are reached, and no mail goes astray."""

import pytest
from flask import Flask

from app.cases.opening import open_case
from app.cases.participation import add_participant
from app.people.identities import find_or_create_with
from app.people.models import IdentityKind
from app.people.persons import find_or_create_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.privacy.calls import called
from tests.sandbox import Outside
from tests.storage import contents

PHONE, DIGITS = "+49 30 1234567", "1234567"


@pytest.fixture
def case(app: Flask, cast: Cast) -> str:
    """A case of somebody with a telephone alone, in which una is too."""
    with app.app_context(), transaction():
        caller = find_or_create_with(IdentityKind.PHONE, PHONE, field="user_phone")
        found = open_case(caller, "It rings", "I can hear nothing.", channel="call", confirmed=True)
        add_participant(found, find_or_create_person(UNA), by=None)
        return str(found.uuid)


def caller_of(api: Api, case: str) -> str:
    return str(api.get(f"/cases/{case}").json["requester"]["uuid"])


@on_both
def test_the_others_are_written_to_and_see_nothing_of_his_number(
    api: Api, work: Worker, outside: Outside, case: str
) -> None:
    api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Which telephone is it?"})
    work()
    [mail] = outside.inbox(UNA)
    assert "Which telephone" in str(mail)
    assert DIGITS not in str(mail).replace(" ", "")
    deliveries = called(api, f"/cases/{case}/deliveries")["items"]
    assert {one["to"]["email"] for one in deliveries} <= {UNA, BEN, "amy@team.test", "olga@team.test"}


@on_both
def test_he_is_shown_without_an_address_and_by_no_name_of_his_number(api: Api, case: str) -> None:
    shown = api.get(f"/cases/{case}").json
    assert (shown["requester"]["email"], shown["requester"]["name"]) == (None, PHONE)
    aliases = {one["email"]: one["alias"] for one in shown["participants"]}
    assert (aliases[None], aliases[UNA]) == ("Participant", "Una Customer")


@on_both
def test_he_is_forgotten_like_anybody_else(app: Flask, api: Api, work: Worker, case: str) -> None:
    api.post(f"/cases/{case}/notes", {"from": BEN, "note": f"Call {PHONE} back."})
    assert api.post(f"/persons/{caller_of(api, case)}/erase", {}).status_code == 202
    work()
    assert DIGITS not in str(contents(app)).replace(" ", "")
    assert api.get(f"/cases/{case}").json["requester"]["name"] == "Erased person"


def test_what_is_known_of_him_is_told_to_him(api: Api, work: Worker, case: str) -> None:
    uuid = api.post(f"/persons/{caller_of(api, case)}/export").json["uuid"]
    work()
    assert called(api, f"/jobs/{uuid}")["status"] == "done"
