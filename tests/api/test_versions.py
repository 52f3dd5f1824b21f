"""Versions: what has not changed is not sent again, and what has changed is not overwritten."""

import pytest
from flask import Flask

from app.cases.models import Case
from app.people.models import Organization, Person, Team
from tests.api_client import Api
from tests.at_once import kept_waiting
from tests.cases.test_simultaneous import together
from tests.cast import UNA, Cast


def test_what_has_not_changed_is_not_sent_again(api: Api, cast: Cast) -> None:
    first = api.get(f"/persons/{cast.una.uuid}")
    again = api.get(f"/persons/{cast.una.uuid}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    api.patch(f"/persons/{cast.una.uuid}", {"name": "Una Two"})
    assert api.get(f"/persons/{cast.una.uuid}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_change_of_the_version_that_was_seen_is_made(api: Api, cast: Cast) -> None:
    seen = api.get(f"/persons/{cast.una.uuid}").headers["ETag"]
    answer = api.call("PATCH", f"/persons/{cast.una.uuid}", json={"name": "Una Two"}, headers={"If-Match": seen})
    assert answer.status_code == 200
    assert answer.headers["ETag"] == api.get(f"/persons/{cast.una.uuid}").headers["ETag"] != seen


def test_a_change_of_another_version_is_not_made(api: Api, cast: Cast) -> None:
    seen = api.get(f"/persons/{cast.una.uuid}").headers["ETag"]
    api.patch(f"/persons/{cast.una.uuid}", {"name": "Una Two"})
    answer = api.call("PATCH", f"/persons/{cast.una.uuid}", json={"name": "Three"}, headers={"If-Match": seen})
    assert (answer.status_code, answer.json["code"]) == (412, "precondition_failed")
    assert api.get(f"/persons/{cast.una.uuid}").json["name"] == "Una Two"


def test_an_act_can_name_the_version_of_the_case_it_acts_on(api: Api) -> None:
    case = api.opened(UNA)
    seen = {"If-Match": api.get(f"/cases/{case['uuid']}").headers["ETag"]}
    assert api.post(f"/cases/{case['uuid']}/close", headers=seen).status_code == 200
    assert api.post(f"/cases/{case['uuid']}/reopen", headers=seen).status_code == 412
    assert api.get(f"/cases/{case['uuid']}").json["status"] == "closed"


def test_any_version_will_do(api: Api, cast: Cast) -> None:
    answer = api.call("PATCH", f"/persons/{cast.una.uuid}", json={"name": "Una Two"}, headers={"If-Match": "*"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/persons"])
def test_where_nothing_has_a_version_naming_one_is_a_mistake(api: Api, path: str) -> None:
    body = {"name": "Max", "email": "max@customer.test"}
    answer = api.post(path, body, headers={"If-Match": '"x"'})
    assert (answer.status_code, answer.json["field"]) == (422, "If-Match")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("kind", ["cases", "persons", "teams", "organizations"])
def test_of_two_who_change_the_version_that_both_saw_one_does(app: Flask, api: Api, cast: Cast, kind: str) -> None:
    table, uuid, id = {
        "cases": lambda: (Case, api.opened(UNA)["uuid"], 1),
        "persons": lambda: (Person, cast.una.uuid, cast.una.id),
        "teams": lambda: (Team, api.post("/teams", {"name": "Support"}).json["uuid"], 1),
        "organizations": lambda: (Organization, api.post("/organizations", {"name": "Shop"}).json["uuid"], 1),
    }[kind]()
    path, answers = f"/{kind}/{uuid}", list[int]()
    seen = {"If-Match": api.get(path).headers["ETag"]}
    word = "subject" if kind == "cases" else "name"

    def change(text: str) -> None:
        other = Api(app.test_client(), api.key)
        answers.append(other.call("PATCH", path, json={word: text}, headers=seen).status_code)

    together(lambda: change("One"), lambda: change("Two"), kept_waiting(app, table, id))
    assert sorted(answers) == [200, 412]
