"""What the list of cases by Deskie's dialect is narrowed by."""

import pytest
from flask import Flask

from app.cases.models import Case
from app.cases.participation import add_participant
from app.extensions import db
from app.people.identities import add_identity
from app.people.models import IdentityKind, Person
from app.people.organizations import create_organization
from app.people.persons import find_or_create_person
from app.people.teams import create_team
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api.deskie.listed import listed
from tests.api_client import Api
from tests.cast import EVE, UNA, Cast
from tests.conftest import on_both


@pytest.mark.parametrize("query", ["user_id={0},", "user_id[]={0}&user_id[]={1}", "user_id[0]={0}&user_id[1]={1}"])
def test_arrays_come_in_three_forms(deskie: Deskie, query: str) -> None:
    users = [deskie.opened(f"u{number}@customer.test")["user_id"] for number in range(3)]
    query = query.format(*users).rstrip(",")
    assert len(listed(deskie, query)) == (2 if "[" in query else 1)


def test_several_of_one_name_are_an_array_too(deskie: Deskie) -> None:
    users = [deskie.opened(f"u{number}@customer.test")["user_id"] for number in range(3)]
    assert len(listed(deskie, f"user_id={users[0]}&user_id={users[2]}")) == 2


@on_both
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("user_email=na@cust", "una"),
        ("user_email=^UNA@", "una"),
        ("user_email=^na@customer", ""),
        ("user_email=stranger.test^", "eve"),
        ("user_email[]=^una@customer.test^&user_email[]=eve@", "una eve"),
        ("user_email=una@", "una"),
        ("user_email[0]=nobody@&user_email[1]=eve@stranger", "eve"),
        ("user_phone=30 123-45", "una"),
        ("user_phone=^%2B4930^", ""),
        ("user_phone=4567^", "una"),
        ("user_phone=^%2B4930", "una"),
        ("user_custom_id=7", "eve"),
        ("user_custom_id=7&channel=cch1", "eve"),
        ("user_custom_id=7&channel=cch2", ""),
        ("subject=PRINT", "una"),
        ("subject=help", "eve"),
        ("subject=^the printer", "una"),
        ("subject=burns!^", "una"),
        ("subject=^I need help^", "eve"),
        ("subject=need_help", ""),
    ],
)
def test_users_and_subjects_are_found_by_pieces(app: Flask, deskie: Deskie, query: str, found: str) -> None:
    cases = {
        "una": deskie.opened(UNA, subject="The printer burns!")["case_id"],
        "eve": deskie.opened(EVE, channel="cch1", user_custom_id=7)["case_id"],
    }
    with app.app_context(), transaction():
        for email, kind, value in (
            (UNA, IdentityKind.PHONE, "+49 (30) 123-45-67"),
            (EVE, IdentityKind.CUSTOM, "cch1:7"),
        ):
            add_identity(find_or_create_person(email), kind, value, by=None)
    assert sorted(listed(deskie, query)) == sorted(cases[name] for name in found.split())


@on_both
def test_words_and_numbers_narrow_the_list(app: Flask, deskie: Deskie, cast: Cast) -> None:
    with app.app_context(), transaction():
        team, company = create_team("Support", {}, by=None), create_organization("Customer Ltd", {}, by=None)
        db.session.flush()
        db.session.get_one(Person, cast.una.id).organization_id = company.id
        team_id, company_id = team.id, company.id
    mine = deskie.opened(UNA, priority="high", staff_id=cast.ben.id, group_id=team_id)["case_id"]
    mail = deskie.opened(EVE, channel="email", status="waiting")["case_id"]
    chat = deskie.opened(EVE, channel="telegram", status="closed")["case_id"]
    for query, found in {
        f"user_id={cast.una.id}": [mine],
        f"staff_id={cast.ben.id}": [mine],
        "staff_id=0": [mail, chat],
        f"staff_id[]=0&staff_id[]={cast.ben.id}": [mine, mail, chat],
        f"group_id={team_id}": [mine],
        "group_id=0": [mail, chat],
        f"company_id={company_id}": [mine],
        "priority=high": [mine],
        "priority[]=normal&priority[]=high": [mine, mail, chat],
        "status=open": [mine],
        "status[0]=waiting&status[1]=closed": [mail, chat],
        "channel=web": [mine],
        "channel=email": [mail],
        "channel=sync": [chat],
        "channel=messengers": [chat],
        "channel=async": [mine, mail],
        "channel=social": [],
        f"participant_id={cast.una.id}": [mine],
        "initiator=user": [mine, mail, chat],
        "initiator=agent": [],
        "status=open&priority=low": [],
        "show_active_chats=true": [mine, mail, chat],
    }.items():
        assert sorted(listed(deskie, query)) == found, query


def test_a_case_that_the_team_began_is_an_agents(app: Flask, deskie: Deskie, api: Api, cast: Cast) -> None:
    deskie.opened()
    api.opened(cast.amy.email)
    [case] = listed(deskie, initiator="agent")
    assert deskie.get(f"/cases/{case}.json").json["case"]["user_id"] == cast.amy.id


def test_whoever_was_added_takes_part(app: Flask, deskie: Deskie, cast: Cast) -> None:
    case = deskie.opened()["case_id"]
    with app.app_context(), transaction():
        amy = db.session.get_one(Person, cast.amy.id)
        add_participant(db.session.get_one(Case, case), amy, by=None)
    assert listed(deskie, participant_id=cast.amy.id) == [case]


def test_any_of_some_labels_will_do(deskie: Deskie, api: Api) -> None:
    ids = {}
    for name in ("bug", "wish"):
        assert api.post("/labels", {"name": name}).status_code == 201
        [ids[name]] = deskie.put(
            f"/cases/{deskie.opened()['case_id']}.json", {"case": {"add_labels": [len(ids) + 1]}}
        ).json["case"]["labels"]
    deskie.opened()
    assert len(listed(deskie, labels=ids["bug"])) == 1
    assert len(listed(deskie, f"labels[]={ids['bug']}&labels[]={ids['wish']}")) == 2


def test_spans_of_time_have_both_ends(deskie: Deskie) -> None:
    days = ("2021-12-01", "2021-12-02", "2021-12-03")
    first, second, third = (deskie.opened(created_at=f"{day} 00:00:00")["case_id"] for day in days)
    sort = {"sort": "created_at_asc"}
    assert listed(deskie, from_time="2021-12-02", **sort) == [second, third]
    assert listed(deskie, to_time="2021-12-02", **sort) == [first, second]
    assert listed(deskie, from_time=1638403200, to_time="1638403200", **sort) == [second]
    assert listed(deskie, to_time=253402300799, to_updated_time="2021-12-02", **sort) == [first, second]
    assert listed(deskie, from_updated_time="2021-12-02 00:00:01") == [third]
