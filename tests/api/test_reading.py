"""How far members of the team have read cases."""

from typing import Any

import pytest
from flask import Flask

from app.cases.discarding import trash_case
from app.cases.models import Case
from app.cases.purging import purge_case
from app.cases.read_markers import mark_read, read_so_far
from app.extensions import db
from app.people.merging import merge_persons
from app.people.models import Person, Role
from app.people.persons import create_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries


@pytest.fixture
def case(api: Api) -> Any:
    """A case of una's with two messages of hers and one of ben's."""
    made = api.opened(UNA)
    for author, text in ((BEN, "Look here."), (UNA, "Where?")):
        api.post(f"/cases/{made['uuid']}/messages", {"from": author, "message": text})
    return made


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Api:
    """The native API with ben's key."""
    return Api(app.test_client(), cast.keys["ben"])


@on_both
def test_a_case_is_unread_until_it_is_said_that_it_was_read(ben: Api, case: Any) -> None:
    path = f"/cases/{case['uuid']}"
    assert ben.get(f"{path}/read?from={BEN}").json == {"post": None, "read_at": None, "unread": 2}
    first, second, third = ben.get(f"{path}/messages").json["items"]
    assert ben.get(f"{path}/read?from={BEN}").json["unread"] == 2  # to look at it is not to have read it
    assert ben.post(f"{path}/read", {"from": BEN, "post": second["uuid"]}).json["unread"] == 1
    assert ben.post(f"{path}/read", {"from": BEN}).json["post"] == third["uuid"]
    back = ben.post(f"{path}/read", {"from": BEN, "post": first["uuid"]}).json
    assert (back["post"], back["unread"]) == (third["uuid"], 0)


def test_what_is_named_must_be_on_the_case(ben: Api, api: Api, case: Any) -> None:
    other = api.opened(UNA, "Another one")
    [message] = api.get(f"/cases/{other['uuid']}/messages").json["items"]
    assert ben.post(f"/cases/{case['uuid']}/read", {"from": BEN, "post": message["uuid"]}).status_code == 404
    assert ben.post(f"/cases/{case['uuid']}/read", {"from": BEN, "post": "x"}).status_code == 422


def test_who_reads_must_be_known(ben: Api, case: Any) -> None:
    path = f"/cases/{case['uuid']}/read"
    assert ben.get(path).json["field"] == "from"
    assert ben.post(path, {"from": EVE}).json["field"] == "from"


@on_both
def test_many_cases_are_asked_about_at_once(app: Flask, api: Api, cast: Cast, case: Any) -> None:
    ids = [1]
    for number in range(3):
        api.opened(UNA, f"Number {number}")
        ids.append(number + 2)
    with app.app_context(), queries(app) as asked:
        person = db.session.get_one(Person, cast.ben.id)
        before = len(asked)
        found = read_so_far(ids, person)
        assert len(asked) == before + 1
    assert [found[one].unread for one in ids] == [2, 1, 1, 1]


@on_both
def test_a_marker_goes_with_its_person_and_its_case(app: Flask, cast: Cast, case: Any) -> None:
    with app.app_context(), transaction():
        ben, found = db.session.get_one(Person, cast.ben.id), db.session.get_one(Case, 1)
        double = create_person("Ben", "ben@home.test", role=Role.AGENT, by=None)
        mark_read(found, 99, by=double)
        merge_persons(double, ben, by=None)
        assert read_so_far([1], ben)[1].post_id == 99
        trash_case(found, by=None)
    with app.app_context(), transaction():
        purge_case(db.session.get_one(Case, 1), by=None)
        assert db.session.scalars(db.select(db.text("1")).select_from(db.text("read_markers"))).all() == []
