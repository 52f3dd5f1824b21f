"""Two persons who are one and stood in the same places: one of each is left, and nothing is lost without a word."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.field_values import fields_of, fill_fields
from app.cases.invitations import Invitation
from app.cases.models import Case
from app.cases.muting import mute_participant
from app.cases.participation import add_participant
from app.cases.proposals import propose
from app.cases.ratings import Rating
from app.clock import now
from app.extensions import db
from app.people.models import Person, Role, TeamMember
from app.people.persons import create_person, find_person
from app.people.teams import add_member, create_team
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both

HOME, TWIN = "una@home.test", "ben@twin.test"
FIRST, LATER = {"score": "low", "comment": "Slow."}, {"score": "high", "comment": "Solved!"}


def person(address: str) -> Person:
    found = find_person(address)
    assert found is not None
    return found


def merge(api: Api, who: str, into: str) -> None:
    with api.client.application.app_context():
        uuids = [str(person(one).uuid) for one in (who, into)]
    answer = api.post(f"/persons/{uuids[0]}/merge", {"into": uuids[1]})
    assert answer.status_code == 200, answer.text


def case_of_both(api: Api) -> str:
    case = f"/cases/{api.opened(UNA)['uuid']}"
    assert api.post(f"{case}/participants", {"email": HOME}).status_code == 200
    return case


def answered(api: Api, case: str) -> str:
    return str(api.post(f"{case}/messages", {"from": BEN, "message": "Try again."}).json["uuid"])


def rate(api: Api, what: str, by: str, said: dict[str, str]) -> None:
    answer = api.post(f"{what}/ratings", {"from": by, **said})
    assert answer.status_code == 201, answer.text


@on_both
@pytest.mark.parametrize("of_message", [False, True])
@pytest.mark.parametrize("first", [UNA, HOME])
def test_of_two_ratings_of_the_same_the_later_stands_and_the_other_is_told(
    app: Flask, api: Api, cast: Cast, of_message: bool, first: str
) -> None:
    case = case_of_both(api)
    what = f"{case}/messages/{answered(api, case)}" if of_message else case
    rate(api, what, first, FIRST)
    with time_machine.travel(now() + timedelta(hours=1)):
        rate(api, what, UNA if first == HOME else HOME, LATER)
    merge(api, HOME, UNA)
    [left] = api.get(case).json["ratings"]
    assert {name: left[name] for name in FIRST} == LATER
    assert left["person"]["email"] == UNA
    with app.app_context():
        [(_, old, new, by)] = happened("rating_superseded")
    assert (old, {name: new[name] for name in LATER}) == (FIRST, LATER)
    assert (new["post"] is not None, by) == (of_message, cast.olga.id)


@on_both
def test_ratings_of_different_things_all_stand(app: Flask, api: Api) -> None:
    case = case_of_both(api)
    rate(api, case, UNA, FIRST)
    rate(api, f"{case}/messages/{answered(api, case)}", HOME, LATER)
    merge(api, HOME, UNA)
    assert [one["score"] for one in api.get(case).json["ratings"]] == ["low", "high"]
    with app.app_context():
        assert happened("rating_superseded") == []
        assert {one.person_id for one in db.session.scalars(select(Rating))} == {person(UNA).id}


@on_both
def test_two_members_who_stood_in_the_same_places_stand_there_once(app: Flask, api: Api) -> None:
    with app.app_context(), transaction():
        twin = create_person("Ben Twin", TWIN, role=Role.AGENT, by=None)
        team = create_team("Second line", {}, by=None)
        for one in (person(BEN), twin):
            add_member(team, one, by=None)
    case = f"/cases/{api.opened(UNA)['uuid']}"
    with app.app_context(), transaction():
        found = db.session.get_one(Case, 1)
        for one in (BEN, TWIN):
            add_participant(found, person(one), by=None)
        db.session.add_all(
            Invitation(case=found, person=person(one))
            for one in (BEN, TWIN)
            if not db.session.scalar(select(Invitation.id).where(Invitation.person_id == person(one).id))
        )
    merge(api, TWIN, BEN)
    with app.app_context():
        ben = person(BEN)
        for table in (TeamMember, Invitation):
            assert len(db.session.scalars(select(table).where(table.person_id == ben.id)).all()) == 1  # type: ignore[attr-defined]
    assert [one["email"] for one in api.get(case).json["participants"]].count(BEN) == 1


@on_both
def test_two_customers_who_stood_in_the_same_places_stand_there_once(app: Flask, api: Api) -> None:
    case = case_of_both(api)
    with app.app_context(), transaction():
        define_field(FieldLevel.PERSON, "plan", FieldType.TEXT, {"title": "Plan"}, by=None)
        for one, plan in ((UNA, "gold"), (HOME, "tin")):
            fill_fields(FieldLevel.PERSON, person(one), {"plan": plan}, by=None)
        found = db.session.get_one(Case, 1)
        mute_participant(found, person(HOME), by=None)
        for one in (UNA, HOME):
            propose(found, [("max@customer.test", "Max")], by=person(one))
    for one in (UNA, HOME):
        api.post(f"{case}/messages", {"from": one, "message": "Hi"})
    merge(api, HOME, UNA)
    customers = [one for one in api.get(case).json["participants"] if not one["team"]]
    assert [(one["email"], one["muted_at"]) for one in customers] == [(UNA, None)]
    with app.app_context():
        assert fields_of(FieldLevel.PERSON, person(UNA).id) == {"plan": "gold"}


def merged_case(api: Api, customer: str, into: str) -> str:
    case = f"/cases/{api.opened(customer, 'Second')['uuid']}"
    answer = api.post(f"{case}/merge", {"into": into.rpartition("/")[2], "share": True})
    assert answer.status_code == 200, answer.text
    return case


def inside(api: Api, case: str) -> list[Any]:
    return [one["email"] for one in api.get(case).json["participants"] if one["removed_at"] is None]


@on_both
def test_a_merge_of_cases_is_undone_after_one_of_persons(api: Api) -> None:
    into = f"/cases/{api.opened(UNA)['uuid']}"
    case = merged_case(api, HOME, into)
    assert inside(api, into) == [UNA, HOME]
    api.opened("una@work.test")
    merge(api, HOME, "una@work.test")
    assert api.post(f"{case}/unmerge").status_code == 200
    assert (inside(api, case), inside(api, into)) == (["una@work.test"], [UNA])


@on_both
@pytest.mark.parametrize(("who", "whom"), [(HOME, UNA), (UNA, HOME)])
def test_who_was_in_the_other_case_himself_stays_in_it_when_a_merge_is_undone(api: Api, who: str, whom: str) -> None:
    into = f"/cases/{api.opened(UNA)['uuid']}"
    case = merged_case(api, HOME, into)
    merge(api, who, whom)
    assert api.post(f"{case}/unmerge").status_code == 200
    assert (inside(api, case), inside(api, into)) == ([whom], [whom])
