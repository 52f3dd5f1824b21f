"""What is due and has not come is told once, whoever looks, and whoever dies meanwhile."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.cases.models import Case
from app.cases.posting import post_message
from app.cases.queries import locked
from app.clock import now
from app.crash import CrashPoint
from app.extensions import db
from app.jobs.periodic import TASKS
from app.jobs.sla import note_breaches
from app.people.persons import known_person
from app.sla.models import SlaMetric
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.test_races import happened, in_two_workers
from tests.cases.test_simultaneous import together
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.house import PATIENCE, ROOT
from tests.jobs.test_cases import break_events
from tests.sla.house import LATE, late_cases, promised

CASES = 20


def told_of(app: Flask) -> list[int]:
    """The cases of which it was told that something is late, each as often as that was told."""
    return sorted(one for one in happened(app, "sla_breached") if one is not None)


@on_both
def test_a_breach_is_found_by_itself_and_told_to_everybody_who_reads_events(api: Api, work: Worker) -> None:
    [case] = late_cases(api, 1)
    work()
    work()
    [event] = api.get("/events?name=sla_breached").json["items"]
    [change] = [
        one for one in api.get(f"/cases/{case['uuid']}/changelog").json["items"] if one["name"] == "sla_breached"
    ]
    policy = api.get("/sla-policies").json["items"][0]["uuid"]
    [metric] = api.get(f"/cases/{case['uuid']}/sla").json["metrics"]
    assert event["case"]["uuid"] == case["uuid"]
    assert event["new"] == change["new"]
    assert (event["new"]["metric"], event["new"]["policy"], event["new"]["goal"]) == ("first_reply", policy, 3600)
    assert (metric["stage"], metric["breached"]) == ("active", True)
    assert metric["breached_at"] == metric["due_at"] < event["created_at"]


def test_it_is_looked_for_often_enough_to_be_told_within_a_minute() -> None:
    assert TASKS["sla.note_breaches"]() <= timedelta(seconds=30)


def test_what_is_not_due_yet_or_rests_is_not_late(app: Flask, api: Api, work: Worker) -> None:
    promised(api, "first_reply 3h", "resolution 1h")
    with time_machine.travel(now() - LATE, tick=False):
        case = api.opened(UNA)
        api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Which one?"})
        api.opened(UNA)
    work()
    assert told_of(app) == [2]


@on_both
def test_two_workers_tell_of_each_once(app: Flask, api: Api) -> None:
    late_cases(api, CASES)
    in_two_workers(app, note_breaches)
    assert told_of(app) == list(range(1, CASES + 1))


@on_both
@pytest.mark.parametrize("point", [CrashPoint.COMMIT_BEFORE, CrashPoint.COMMIT_AFTER])
def test_a_worker_that_is_killed_leaves_nothing_untold_and_nothing_told_twice(
    app: Flask, api: Api, environ: dict[str, str], point: CrashPoint
) -> None:
    late_cases(api, 5)
    told_at_the_kill = 3 if point is CrashPoint.COMMIT_AFTER else 2
    assert run(environ, CASEY_CRASH_AT=f"{point}:3") == -signal.SIGKILL
    assert told_of(app) == list(range(1, told_at_the_kill + 1))
    assert run(environ) == 0
    assert told_of(app) == [1, 2, 3, 4, 5]


def run(environ: dict[str, str], **more: str) -> int:
    command = [sys.executable, "-m", "tests.sla.once"]
    return subprocess.run(command, env={**environ, **more}, cwd=ROOT, timeout=PATIENCE, check=False).returncode


@on_both
def test_an_answer_at_the_moment_of_the_breach_is_told_of_once(app: Flask, api: Api) -> None:
    late_cases(api, CASES)

    def answer() -> None:
        for number in range(1, CASES + 1):
            with app.app_context(), transaction():
                case = locked(db.session.get_one(Case, number))
                post_message(case, "Here it is.", by=known_person(BEN, field="from"), channel="api")

    def look() -> None:
        with app.app_context():
            note_breaches()

    together(answer, look)
    assert told_of(app) == list(range(1, CASES + 1))
    with app.app_context():
        assert set(db.session.scalars(sa.select(SlaMetric.stage))) == {"completed"}


def test_one_that_cannot_be_told_of_holds_up_no_other(app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sla.breaches.BATCH", 2)
    late_cases(api, 5)
    break_events(app, "sla_breached")
    with app.app_context():
        note_breaches()
    assert told_of(app) == [3, 4, 5]


def test_what_is_breached_is_told_of_once_more_only_by_another_promise(app: Flask, api: Api, work: Worker) -> None:
    [case] = late_cases(api, 1)
    work()
    api.patch(f"/cases/{case['uuid']}", {"requester": str(api.opened("else@customer.test")["requester"]["uuid"])})
    work()
    assert told_of(app) == [1]
    [policy] = api.get("/sla-policies").json["items"]
    targets = [{"metric": "first_reply", "goal": 6 * 3600, "hours": "calendar"}]
    api.patch(f"/sla-policies/{policy['uuid']}", {"targets": targets})
    api.patch(f"/cases/{case['uuid']}", {"priority": "high"})
    [metric] = api.get(f"/cases/{case['uuid']}/sla").json["metrics"]
    assert (metric["breached"], metric["goal"]) == (False, 6 * 3600)
    with time_machine.travel(now() + timedelta(hours=5)):
        work()
    assert told_of(app) == [1, 1, 2]
