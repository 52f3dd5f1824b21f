"""Persons over HTTP."""

import pytest

from tests.api_client import Api
from tests.cast import AMY, BEN, Cast


def test_a_customer_is_made_without_saying_so(api: Api) -> None:
    answer = api.post("/persons", {"name": "Some User", "email": "some.user@other.tld"})
    assert (answer.status_code, answer.json["team"], answer.json["role"]) == (201, False, "customer")
    assert api.get(f"/persons/{answer.json['uuid']}").json == answer.json


@pytest.mark.parametrize(
    ("given", "role"),
    [
        ({"team": True}, "agent"),
        ({"team": False}, "customer"),
        ({"role": "admin"}, "admin"),
        ({"team": True, "role": "collaborator"}, "collaborator"),
        ({"team": False, "role": "customer"}, "customer"),
    ],
)
def test_team_and_role_together_say_what_a_person_is(api: Api, given: dict[str, object], role: str) -> None:
    answer = api.post("/persons", {"name": "Some User", "email": "some.user@other.tld", **given})
    assert (answer.status_code, answer.json["role"], answer.json["team"]) == (201, role, role != "customer")


def test_an_address_that_is_taken_is_a_conflict_that_names_its_person(api: Api, cast: Cast) -> None:
    answer = api.post("/persons", {"name": "Ben Again", "email": BEN.upper()})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert (answer.json["person"], answer.json["field"]) == (str(cast.ben.uuid), "email")
    assert api.get(f"/persons/{cast.ben.uuid}").json["name"] == cast.ben.name


def test_a_person_is_renamed(api: Api, cast: Cast) -> None:
    path = f"/persons/{cast.ben.uuid}"
    assert api.patch(path, {"name": " Ben Bar "}).json["name"] == "Ben Bar"
    assert api.get(path).json["email"] == BEN


def test_a_person_moves_to_another_address_and_stays_known_by_the_old_one(api: Api, cast: Cast) -> None:
    answer = api.patch(f"/persons/{cast.ben.uuid}", {"email": "ben@new.test"})
    assert (answer.status_code, answer.json["email"]) == (200, "ben@new.test")
    for address in (BEN, "ben@new.test"):
        assert [one["uuid"] for one in api.get(f"/persons?email={address}").json["items"]] == [str(cast.ben.uuid)]
    assert api.patch(f"/persons/{cast.ben.uuid}", {"email": BEN}).json["email"] == BEN


def test_nobody_moves_to_the_address_of_somebody_else(api: Api, cast: Cast) -> None:
    answer = api.patch(f"/persons/{cast.ben.uuid}", {"name": "Robber", "email": AMY})
    assert (answer.status_code, answer.json["person"]) == (409, str(cast.amy.uuid))
    assert api.get(f"/persons/{cast.ben.uuid}").json["name"] == cast.ben.name


def test_a_person_joins_and_leaves_the_team(api: Api, cast: Cast) -> None:
    path = f"/persons/{cast.una.uuid}"
    assert api.patch(path, {"team": True}).json["role"] == "agent"
    assert api.patch(path, {"role": "admin"}).json["role"] == "admin"
    assert api.patch(path, {"team": True}).json["role"] == "admin"
    assert api.patch(path, {"team": False}).json["role"] == "customer"


def test_changing_nothing_is_no_mistake(api: Api, cast: Cast) -> None:
    before = api.get(f"/persons/{cast.ben.uuid}").json
    assert api.patch(f"/persons/{cast.ben.uuid}", {}).json == before


def test_whoever_leaves_the_team_takes_his_key_with_him(api: Api, cast: Cast) -> None:
    ben = api.as_(cast.keys["ben"])
    assert ben.get("/cases").status_code == 200
    api.patch(f"/persons/{cast.ben.uuid}", {"team": False})
    assert ben.get("/cases").status_code == 403
