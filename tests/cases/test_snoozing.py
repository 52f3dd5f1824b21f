"""Putting a case off: nobody is reminded of it until its time has come or a customer writes."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.cases.invitations import remind_team_of
from app.cases.models import Case
from app.cases.snoozing import snooze_case, snoozed
from app.clock import now
from app.errors import Conflict, Invalid
from app.extensions import db
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

A_DAY, FIVE_DAYS = timedelta(days=1, seconds=1), timedelta(days=5)


def put_off(app: Flask, length: timedelta = FIVE_DAYS) -> None:
    with app.app_context(), transaction():
        snooze_case(db.session.get_one(Case, 1), now() + length, by=known_person(BEN, field="from"))


def sleeps(app: Flask) -> bool:
    with app.app_context():
        return snoozed(db.session.get_one(Case, 1))


@on_both
def test_a_case_wakes_when_its_time_has_come(app: Flask, api: Api, work: Worker, cast: Cast) -> None:
    api.opened(UNA)
    with time_machine.travel(now(), tick=False) as clock:
        put_off(app)
        work()
        assert sleeps(app)
        clock.shift(FIVE_DAYS)
        work()
        with app.app_context():
            slept, woke = happened("case_snoozed", "case_woken")
            assert (slept[1], slept[3]) == (None, cast.ben.id)
            assert woke[1:] == (slept[2], None, None)
            assert db.session.get_one(Case, 1).snoozed_until is None


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_nobody_is_reminded_of_a_case_that_is_put_off(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    with time_machine.travel(now(), tick=False) as clock:
        work()
        put_off(app)
        clock.shift(A_DAY)
        work()
        assert [len(outside.inbox(one)) for one in (BEN, AMY)] == [1, 0]
        clock.shift(FIVE_DAYS)
        work()
        assert [len(outside.inbox(one)) for one in (BEN, AMY)] == [2, 1]


def test_one_that_is_put_off_at_the_last_moment_is_not_reminded_of_either(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    put_off(app)
    with time_machine.travel(now() + A_DAY), app.app_context(), transaction():
        assert not remind_team_of(1)
    work()
    assert len(outside.inbox(BEN)) == 1


def test_a_customer_who_writes_wakes_the_case(app: Flask, api: Api, work: Worker, outside: Outside, cast: Cast) -> None:
    api.opened(UNA)
    work()
    put_off(app)
    outside.reply(outside.inbox(UNA)[0], "I am away.", Auto_Submitted="auto-replied")
    outside.reply(outside.inbox(BEN)[0], "Please wait.")
    work()
    assert sleeps(app)
    outside.reply(outside.inbox(UNA)[0], "It also squeaks.")
    work()
    assert not sleeps(app)
    with app.app_context():
        assert [one[3] for one in happened("case_woken")] == [cast.una.id]


def test_a_case_that_is_closed_is_put_off_no_longer(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    put_off(app)
    api.post(f"/case/{case['uuid']}/close")
    assert not sleeps(app)
    with pytest.raises(Conflict, match="closed"):
        put_off(app)


@pytest.mark.settings(CASEY_CASE_CLOSE_IDLE="2d")
def test_a_case_that_is_put_off_does_not_lie_idle(app: Flask, api: Api, work: Worker) -> None:
    case = api.opened(UNA)
    with time_machine.travel(now(), tick=False) as clock:
        put_off(app)
        clock.shift(timedelta(days=4))
        work()
        assert api.get(f"/case/{case['uuid']}").json["status"] == "new"
        clock.shift(timedelta(days=2))
        work()
        assert api.get(f"/case/{case['uuid']}").json["status"] == "closed"


def test_another_time_replaces_the_first_and_the_same_changes_nothing(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with time_machine.travel(now(), tick=False):
        for length in (A_DAY, FIVE_DAYS, FIVE_DAYS):
            put_off(app, length)
        with app.app_context():
            first, second = happened("case_snoozed")
            assert second[1] == first[2]


def test_a_case_is_not_put_off_until_what_is_past(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with pytest.raises(Invalid):
        put_off(app, timedelta(0))
