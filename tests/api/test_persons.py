"""Persons over HTTP."""

import pytest
from flask import Flask

from app.clock import now
from app.extensions import db
from app.people.models import Person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker
from tests.queries import queries
from tests.sandbox import Outside


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


def test_what_a_member_is_called_and_which_mails_he_gets_is_said_and_read(api: Api, cast: Cast) -> None:
    path = f"/persons/{cast.ben.uuid}"
    assert [api.get(path).json[name] for name in ("alias", "unwanted_mails")] == ["", []]
    said = {"alias": " Herr  Foo ", "unwanted_mails": ["held", "invitations", "held"]}
    answer = api.patch(path, said)
    assert (answer.json["alias"], answer.json["unwanted_mails"]) == ("Herr Foo", ["invitations", "held"])
    assert api.get(path).json == answer.json
    assert api.patch(path, {"alias": "", "unwanted_mails": []}).json["unwanted_mails"] == []


@pytest.mark.parametrize(
    "wrong", [{"alias": "ben@team.test"}, {"alias": "a\nb"}, {"unwanted_mails": ["all"]}, {"unwanted_mails": "held"}]
)
def test_what_is_no_alias_and_no_kind_of_mail_is_refused(api: Api, cast: Cast, wrong: dict[str, object]) -> None:
    answer = api.patch(f"/persons/{cast.ben.uuid}", wrong)
    assert answer.status_code == 422
    assert answer.json["field"].split(".")[0] in wrong


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


def test_what_is_known_of_a_person_is_changed_and_shown(api: Api, cast: Cast) -> None:
    known = {
        "language": "pt-BR",
        "time_zone": "America/Sao_Paulo",
        "designation": "Head of sales",
        "signature": "Um abraço\nUna",
        "note": "Pays late.",
        "external_id": "c-4711",
        "meta": {"plan": "gold"},
    }
    answer = api.patch(f"/persons/{cast.una.uuid}", known)
    assert answer.status_code == 200
    assert answer.json.items() >= known.items()
    assert api.get(f"/persons/{cast.una.uuid}").json == answer.json
    assert api.post("/persons", {"name": "New", "email": "new@other.tld", **known}).status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("language", "german language"),
        ("time_zone", "Mars/Base"),
        ("designation", "a\r\nb"),
        ("meta", []),
        ("organization", "01890a5d-ac96-774b-bcce-b302099a8057"),
        ("organization", "mine"),
    ],
)
def test_what_cannot_be_known_of_a_person_is_refused_by_name(api: Api, cast: Cast, field: str, value: object) -> None:
    answer = api.patch(f"/persons/{cast.una.uuid}", {field: value})
    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_a_blocked_person_gets_no_mail_and_nothing_of_his_is_taken(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    before = len(outside.inbox(UNA))
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Hi"})
    assert api.post(f"/persons/{cast.una.uuid}/block").json["blocked"] is True
    work()
    assert len(outside.inbox(UNA)) == before
    assert api.post(f"/cases/{case['uuid']}/messages", {"from": UNA, "message": "Hi"}).status_code == 422
    assert api.post(f"/persons/{cast.una.uuid}/unblock").json["blocked"] is False
    assert api.post(f"/cases/{case['uuid']}/messages", {"from": UNA, "message": "Hi"}).status_code == 201


def test_nobody_blocks_himself(api: Api, cast: Cast) -> None:
    assert api.post(f"/persons/{cast.olga.uuid}/block").status_code == 409


def test_addresses_are_added_preferred_and_taken_away(api: Api, cast: Cast) -> None:
    path = f"/persons/{cast.una.uuid}/identities"
    answer = api.post(path, {"value": "una@home.test", "primary": True})
    assert (answer.status_code, answer.json["email"]) == (201, "una@home.test")
    first, second = (one["uuid"] for one in answer.json["identities"])
    assert api.post(f"{path}/{first}/primary").json["email"] == UNA
    assert [one["uuid"] for one in api.delete(f"{path}/{second}").json["identities"]] == [first]
    assert api.delete(f"{path}/{second}").status_code == 404
    assert api.delete(f"{path}/{first}").status_code == 409
    assert api.post(path, {"value": BEN}).json["field"] == "value"


def test_mail_that_waits_for_an_address_that_is_taken_away_goes_to_the_first(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    path = f"/persons/{cast.una.uuid}/identities"
    first = api.post(path, {"value": "una@home.test"}).json["identities"][0]["uuid"]
    api.opened(UNA)
    assert api.delete(f"{path}/{first}").json["email"] == "una@home.test"
    work()
    assert not outside.inbox(UNA)
    assert outside.inbox("una@home.test")


def test_an_address_whose_mail_came_back_is_written_to_again(app: Flask, api: Api, cast: Cast) -> None:
    with app.app_context(), transaction():
        [identity] = db.session.get_one(Person, cast.una.id).identities
        identity.suppressed_at, uuid = now(), identity.uuid
    assert api.get(f"/persons/{cast.una.uuid}").json["identities"][0]["suppressed_at"]
    answer = api.post(f"/persons/{cast.una.uuid}/identities/{uuid}/restore")
    assert answer.json["identities"][0]["suppressed_at"] is None


def test_a_key_reaches_nobody_above_its_role(api: Api, cast: Cast) -> None:
    amy = api.as_(api.post("/api-keys", {"role": "admin", "name": "admin"}).json["key"])
    for path, body in (
        (f"/persons/{cast.olga.uuid}/block", None),
        (f"/persons/{cast.olga.uuid}/identities", {"value": "olga@home.test"}),
        (f"/persons/{cast.olga.uuid}/merge", {"into": str(cast.ben.uuid)}),
        (f"/persons/{cast.ben.uuid}/merge", {"into": str(cast.olga.uuid)}),
    ):
        assert amy.post(path, body).status_code == 403, path


def test_a_merged_person_answers_as_the_survivor(api: Api, cast: Cast) -> None:
    double = api.post("/persons", {"name": "Una", "email": "una@home.test"}).json["uuid"]
    case = api.opened("una@home.test")
    answer = api.post(f"/persons/{double}/merge", {"into": str(cast.una.uuid)})
    assert (answer.status_code, answer.json["uuid"]) == (200, str(cast.una.uuid))
    assert api.get(f"/persons/{double}").json == answer.json
    assert api.get(f"/cases/{case['uuid']}").json["requester"]["uuid"] == str(cast.una.uuid)
    assert double not in api.get("/persons").text
    assert api.post(f"/persons/{double}/merge", {"into": str(cast.una.uuid)}).status_code == 409
    unknown = {"into": "01890a5d-ac96-774b-bcce-b302099a8057"}
    assert api.post(f"/persons/{double}/merge", unknown).json["field"] == "into"


@pytest.mark.parametrize("query", ["", "?team=false"])
def test_the_list_asks_the_same_however_many_there_are(app: Flask, api: Api, query: str) -> None:
    api.get("/persons")  # so that the use of the key is noted
    found = []
    for number in range(2):
        with queries(app) as asked:
            api.get(f"/persons{query}")
        found.append(len(asked))
        for more in range(5):
            api.post("/persons", {"name": "New", "email": f"new@{number}-{more}.test"})
    assert found[0] == found[1]
