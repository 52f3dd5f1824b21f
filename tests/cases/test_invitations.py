"""Inviting the team to a new case, and reminding it."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.cases.lifecycle import close_case
from app.cases.models import Case
from app.cases.posting import post_message
from app.clock import now
from app.extensions import db
from app.people.models import Role
from app.people.persons import create_person, find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.sandbox import Outside

ONE = pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
A_DAY = timedelta(days=1, seconds=1)
ZOE = "zoe@team.test"


def mails(outside: Outside) -> dict[str, int]:
    """How many mails each of the team has got."""
    return {one.partition("@")[0]: len(outside.inbox(one)) for one in (BEN, AMY, OLGA)}


def test_three_are_invited(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    with app.app_context(), transaction():
        create_person("Zoe", ZOE, role=Role.AGENT, by=None)
    api.opened(UNA)
    work()
    assert mails(outside) == {"ben": 1, "amy": 1, "olga": 1}
    assert outside.inbox(ZOE) == []


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="0")
def test_zero_invites_the_whole_team_and_no_customer(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    with app.app_context(), transaction():
        create_person("Zoe", ZOE, role=Role.AGENT, by=None)
        create_person("Max", "max@customer.test", by=None)
    api.opened(UNA)
    work()
    assert mails(outside) == {"ben": 1, "amy": 1, "olga": 1}
    assert len(outside.inbox(ZOE)) == 1
    assert outside.inbox("max@customer.test") == []


@ONE
def test_those_with_the_fewest_open_cases_come_first(api: Api, work: Worker, outside: Outside) -> None:
    for _ in range(4):
        api.opened(UNA)
    work()
    assert mails(outside) == {"ben": 2, "amy": 1, "olga": 1}


@ONE
def test_closed_cases_are_no_burden(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Done.")
    work()
    api.post(f"/case/{case['uuid']}/close")
    api.opened(UNA)
    work()
    assert mails(outside) == {"ben": 2, "amy": 0, "olga": 0}


@ONE
def test_who_took_a_case_up_uninvited_is_burdened_too(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/messages", {"from": AMY, "message": "I am on it."})
    api.opened(UNA)
    work()
    assert mails(outside) == {"ben": 2, "amy": 0, "olga": 0}


@ONE
def test_who_may_no_longer_act_is_not_invited(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        ben.disabled_at = now()
    api.opened(UNA)
    work()
    assert mails(outside) == {"ben": 0, "amy": 1, "olga": 0}


@ONE
def test_who_has_not_answered_is_reminded_once_while_the_next_are_invited(
    api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    with time_machine.travel(now(), tick=False) as clock:
        for expected in (
            {"ben": 1, "amy": 0, "olga": 0},
            {"ben": 2, "amy": 1, "olga": 0},
            {"ben": 2, "amy": 2, "olga": 1},
            {"ben": 2, "amy": 2, "olga": 2},
            {"ben": 2, "amy": 2, "olga": 2},
        ):
            work()
            work()
            assert mails(outside) == expected
            clock.shift(A_DAY)
    invitation, reminder = outside.inbox(BEN)
    assert "still waits for an answer" in reminder.get_content()
    assert reminder["In-Reply-To"] == invitation["Message-ID"]


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1", CASEY_TEAM_INVITE_REMINDER="2h")
def test_the_time_until_a_reminder_is_configured(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    for minutes, expected in ((119, 1), (121, 2)):
        with time_machine.travel(now() + timedelta(minutes=minutes)):
            work()
        assert len(outside.inbox(BEN)) == expected


@ONE
@pytest.mark.parametrize("how", ["mail", "api", "close"])
def test_once_the_case_is_answered_or_closed_nobody_is_reminded(
    api: Api, work: Worker, outside: Outside, how: str
) -> None:
    case = api.opened(UNA)
    work()
    if how == "mail":
        outside.reply(outside.inbox(BEN)[0], "I am on it.")
    elif how == "api":
        api.post(f"/case/{case['uuid']}/messages", {"from": OLGA, "message": "I am on it."})
    else:
        api.post(f"/case/{case['uuid']}/close")
    work()
    with time_machine.travel(now() + A_DAY):
        work()
    invited_only = {"ben": 1, "amy": 0, "olga": 0}
    assert {name: len(outside.inbox(f"{name}@team.test")) for name in ("ben", "amy", "olga")} == invited_only


@ONE
def test_when_the_invited_one_is_gone_the_next_are_asked_all_the_same(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        ben.disabled_at = now()
    with time_machine.travel(now() + A_DAY):
        work()
    assert mails(outside) == {"ben": 1, "amy": 1, "olga": 0}


@ONE
def test_until_somebody_takes_the_case_up_the_invited_hear_what_is_added(
    api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(UNA)[0], "It also squeaks.")
    work()
    assert "It also squeaks." in outside.inbox(BEN)[-1].get_content()
    assert outside.inbox(AMY) == []


@ONE
def test_a_case_of_a_team_member_is_not_taken_up_by_being_opened(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    api.opened(BEN)
    work()
    assert mails(outside) == {"ben": 1, "amy": 1, "olga": 0}
    with time_machine.travel(now() + A_DAY):
        work()
    assert mails(outside) == {"ben": 1, "amy": 2, "olga": 1}
    outside.reply(outside.inbox(BEN)[0], "Anybody?")
    work()
    assert "Anybody?" in outside.inbox(AMY)[-1].get_content()


def test_an_outcome_of_the_first_mail_is_told_by_whom(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    text = outside.inbox(BEN)[0].get_content()
    assert text.startswith("-- Please write your answer above this line --")
    assert "Una Customer has opened a new case and wrote:" in text
    assert "It is over there!" in text


def test_a_case_that_came_before_the_team_is_told_to_it_as_soon_as_there_is_one(
    app: Flask, work: Worker, outside: Outside
) -> None:
    outside.send(letter(UNA, "It is broken", "Please help."))
    work()
    with app.app_context(), transaction():
        create_person("Zoe", ZOE, role=Role.AGENT, by=None)
    work()
    work()
    [invitation] = outside.inbox(ZOE)
    assert "Please help." in invitation.get_content()


def test_nobody_is_told_late_of_a_case_that_is_closed_or_answered(app: Flask, work: Worker, outside: Outside) -> None:
    for subject in ("closed", "answered"):
        outside.send(letter(UNA, subject, "Please help."))
    work()
    with app.app_context(), transaction():
        closed, answered = db.session.scalars(select(Case).order_by(Case.id))
        close_case(closed, by=None)
        post_message(answered, "Done.", by=create_person("Zoe", ZOE, role=Role.AGENT, by=None), channel="api")
        create_person("Ben", BEN, role=Role.AGENT, by=None)
    work()
    assert outside.inbox(BEN) == []
