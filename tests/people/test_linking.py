"""Persons who are linked: each stays himself, and either shows the other."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.errors import Conflict
from app.extensions import db
from app.people.linking import MOST_LINKED, PersonLink, link_persons, linked_with, linked_with_each, unlink_persons
from app.people.merging import merge_persons
from app.people.models import Person
from app.people.persons import find_or_create_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.plans import plans
from tests.privacy.calls import called

HOME, WORK = "una@home.test", "una@work.test"


def person(address: str) -> Person:
    return find_or_create_person(address)


def linked(one: str) -> list[str | None]:
    return [other.email for other in linked_with(person(one))]


def links() -> int:
    return db.session.scalar(select(func.count()).select_from(PersonLink)) or 0


@on_both
@pytest.mark.usefixtures("cast")
def test_two_are_linked_once_each_way_until_they_are_not(context: Flask) -> None:
    with transaction():
        for _ in range(2):
            link_persons(person(UNA), person(HOME), by=None)
        link_persons(person(HOME), person(UNA), by=None)
    assert (linked(UNA), linked(HOME), links()) == ([HOME], [UNA], 2)
    with transaction():
        for _ in range(2):
            unlink_persons(person(HOME), person(UNA), by=None)
    assert (linked(UNA), links()) == ([], 0)


@pytest.mark.usefixtures("cast")
def test_nobody_is_linked_with_himself_or_across_the_desk(context: Flask) -> None:
    with transaction(), pytest.raises(Conflict, match="himself"):
        link_persons(person(UNA), person(UNA), by=None)
    with transaction(), pytest.raises(Conflict, match="member of the team"):
        link_persons(person(UNA), known_person(BEN, field="email"), by=None)


@pytest.mark.usefixtures("cast")
def test_there_is_a_most(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.people.linking.MOST_LINKED", 1)
    assert MOST_LINKED == 100
    with transaction():
        link_persons(person(UNA), person(HOME), by=None)
        with pytest.raises(Conflict, match="which is the most"):
            link_persons(person(WORK), person(HOME), by=None)


@on_both
@pytest.mark.usefixtures("cast")
def test_a_merge_takes_the_links_along_and_leaves_nobody_linked_with_himself(context: Flask) -> None:
    with transaction():
        for one, other in ((UNA, HOME), (HOME, WORK), (UNA, "max@customer.test"), (HOME, "max@customer.test")):
            link_persons(person(one), person(other), by=None)
        merge_persons(person(HOME), person(UNA), by=None)
    assert sorted(map(str, linked(UNA))) == ["max@customer.test", WORK]
    assert (linked(WORK), linked("max@customer.test"), links()) == ([UNA], [UNA], 4)


@on_both
def test_either_way_is_found_by_an_index(context: Flask, cast: Cast) -> None:
    with plans() as found:
        linked_with_each([cast.una.id, cast.ben.id])
    assert "SCAN person_links" not in "".join(found)
    assert "Seq Scan on person_links" not in "".join(found)


@on_both
def test_who_is_erased_is_linked_with_nobody(app: Flask, api: Api, work: Worker, cast: Cast) -> None:
    with app.app_context(), transaction():
        home = person(HOME)
        link_persons(person(UNA), home, by=None)
        uuid = home.uuid
    api.post(f"/persons/{cast.una.uuid}/erase", {})
    work()
    assert called(api, f"/persons/{uuid}")["linked"] == []
    with app.app_context():
        assert links() == 0


def test_both_are_shown_and_the_log_says_who_linked_them(api: Api, cast: Cast) -> None:
    home = api.post("/persons", {"name": "Una", "email": HOME}).json["uuid"]
    answer = api.post(f"/persons/{cast.una.uuid}/link", {"person": home})
    assert [one["email"] for one in answer.json["linked"]] == [HOME]
    assert [one["email"] for one in api.get(f"/persons/{home}").json["linked"]] == [UNA]
    assert api.post(f"/persons/{home}/unlink", {"person": str(cast.una.uuid)}).json["linked"] == []
    for name in ("persons_linked", "persons_unlinked"):
        [entry] = called(api, f"/audit?name={name}")["items"]
        assert entry["actor"]["email"] == cast.olga.email


def test_whom_there_is_not_is_refused(api: Api, cast: Cast) -> None:
    answer = api.post(f"/persons/{cast.una.uuid}/link", {"person": "01a200d0-3990-76d0-b012-0deec5efb5a4"})
    assert (answer.status_code, answer.json["field"]) == (422, "person")
