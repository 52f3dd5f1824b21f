"""Closing a case, closing what lies idle, and opening it again."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.cases import lifecycle
from app.clock import now
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.mail.rows import cases
from tests.sandbox import Outside

AFTER_30_DAYS = pytest.mark.settings(CASEY_CASE_CLOSE_IDLE="30d", CASEY_TEAM_INVITE_REMINDER="400d")
DAY = timedelta(days=1)


def status(app: Flask) -> str:
    return str(cases(app)[0].status)


def test_by_default_nothing_closes_by_itself(app: Flask, api: Api, work: Worker) -> None:
    api.opened(UNA)
    with time_machine.travel(now() + 1000 * DAY):
        work()
    assert status(app) == "new"


@AFTER_30_DAYS
def test_an_idle_case_closes_by_itself_and_nobody_is_mailed(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    with time_machine.travel(now() + 30 * DAY - timedelta(minutes=1)):
        work()
        assert status(app) == "new"
    before = len(outside.inbox(UNA)) + len(outside.inbox(BEN))
    with time_machine.travel(now() + 30 * DAY + timedelta(minutes=1)):
        work()
    assert status(app) == "closed"
    assert api.get(f"/case/{case['uuid']}").json["closed_at"] is not None
    assert len(outside.inbox(UNA)) + len(outside.inbox(BEN)) == before


@AFTER_30_DAYS
@pytest.mark.parametrize("writer", [UNA, BEN])
def test_every_message_starts_the_time_anew(app: Flask, api: Api, work: Worker, writer: str) -> None:
    case = api.opened(UNA)
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(3):
            clock.shift(29 * DAY)
            api.post(f"/case/{case['uuid']}/messages", {"from": writer, "message": "Still there?"})
            work()
            assert status(app) != "closed"
        clock.shift(31 * DAY)
        work()
    assert status(app) == "closed"


@AFTER_30_DAYS
def test_a_case_that_was_reopened_is_not_closed_again_at_once(app: Flask, api: Api, work: Worker) -> None:
    case = api.opened(UNA)
    with time_machine.travel(now(), tick=False) as clock:
        clock.shift(31 * DAY)
        work()
        assert status(app) == "closed"
        clock.shift(31 * DAY)
        api.post(f"/case/{case['uuid']}/reopen")
        work()
        assert status(app) == "open"
        clock.shift(31 * DAY)
        work()
    assert status(app) == "closed"


@AFTER_30_DAYS
def test_a_late_mail_reopens_an_idle_case(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    with time_machine.travel(now(), tick=False) as clock:
        clock.shift(60 * DAY)
        work()
        outside.reply(outside.inbox(UNA)[0], "It is back!")
        work()
        assert status(app) == "open"


@pytest.mark.settings(CASEY_CASE_CLOSE_IDLE="30d", CASEY_CASE_CONFIRMATION="true")
def test_a_pending_case_does_not_close(app: Flask, api: Api, work: Worker) -> None:
    api.opened(UNA)
    with time_machine.travel(now() + 60 * DAY):
        work()
    assert (cases(app)[0].state, status(app)) == ("pending", "new")


@AFTER_30_DAYS
def test_more_idle_cases_than_a_batch_all_close(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "BATCH", 2)
    for _ in range(5):
        api.opened(UNA)
    with time_machine.travel(now() + 31 * DAY):
        work()
    assert {str(one.status) for one in cases(app)} == {"closed"}


def test_the_status_tells_whose_turn_it_is(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    seen = [status(app)]
    for writer in (BEN, UNA, UNA, BEN):
        api.post(f"/case/{case['uuid']}/messages", {"from": writer, "message": "Hi"})
        seen.append(status(app))
    assert seen == ["new", "waiting", "open", "open", "waiting"]


def test_closing_twice_is_closing_once(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    first = api.post(f"/case/{case['uuid']}/close").json
    second = api.post(f"/case/{case['uuid']}/close").json
    assert first["closed_at"] == second["closed_at"]


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_where_cases_stay_closed_a_message_by_api_is_refused(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/close")
    for writer in (UNA, BEN):
        answer = api.post(f"/case/{case['uuid']}/messages", {"from": writer, "message": "Hi"})
        assert answer.status_code == 409
    assert status(app) == "closed"
    assert len(api.get(f"/case/{case['uuid']}").json["messages"]) == 1
