"""Messages that are sent later: nobody outside knows of them before, and each is sent once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.models import Case
from app.cases.scheduling import cases_with_due_messages
from app.clock import now
from app.extensions import db
from app.jobs import cases as jobs
from app.people.persons import disable_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cases.test_races import in_two_workers
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.mail.test_indexes import plans
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

ROOT = Path(__file__).parents[2]
AN_HOUR = timedelta(hours=1)
TEXT = "We call you at noon."
SENDS_AND_IS_KILLED = """
from app import create_app
from app.jobs.cases import send_scheduled

with create_app().app_context():
    send_scheduled()
"""


@pytest.fixture
def clock() -> Iterator[Any]:
    """The present moment, which moves only when it is shifted."""
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


@pytest.fixture
def case(clock: Any, api: Api, work: Worker) -> str:
    """A case of una's, of which everybody has been told."""
    case = f"/cases/{api.opened(UNA)['uuid']}"
    work()
    return case


def later(api: Api, case: str, after: timedelta = AN_HOUR, by: str = BEN) -> Any:
    answer = api.post(f"{case}/messages", {"from": by, "message": TEXT, "send_at": (now() + after).isoformat()})
    assert answer.status_code == 201, answer.text
    return answer.json


def heard(outside: Outside) -> int:
    return sum(TEXT in mail.get_body(("plain",)).get_content() for mail in outside.inbox(UNA))  # type: ignore[union-attr]


@on_both
def test_a_message_is_sent_when_its_time_has_come(
    app: Flask, api: Api, cast: Cast, case: str, work: Worker, outside: Outside, clock: Any
) -> None:
    written = later(api, case)
    work()
    before = api.get(case).json
    assert (heard(outside), before["status"], before["messages_total"]) == (0, "new", 1)
    assert [one["email"] for one in before["participants"]] == [UNA]
    clock.shift(AN_HOUR)
    work()
    after = api.get(case).json
    assert (heard(outside), after["status"], after["messages_total"]) == (1, "waiting", 2)
    assert [one["email"] for one in after["participants"]] == [UNA, BEN]
    sent = after["messages"][-1]
    assert (sent["uuid"], sent["send_at"]) == (written["uuid"], None)
    assert sent["created_at"] > written["created_at"]
    with app.app_context():
        assert len(happened("message_scheduled")) == 1
        assert [by for *_, by in happened("message_posted")] == [cast.ben.id]


def test_what_waits_is_listed_apart_and_no_page_shows_it(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside
) -> None:
    waiting = later(api, case)
    assert api.get(f"{case}/messages?waiting=true").json["items"] == [waiting]
    assert waiting not in api.get(f"{case}/messages").json["items"]
    page = Browser(app).open(link_in(outside.inbox(AMY)[0], "/c/")).text
    assert "found a bug" in page
    assert TEXT not in page


@on_both
def test_a_message_is_put_off_further_or_changed_until_it_is_sent(
    api: Api, case: str, work: Worker, outside: Outside, clock: Any
) -> None:
    path = f"{case}/messages/{later(api, case)['uuid']}"
    api.patch(path, {"send_at": (now() + 2 * AN_HOUR).isoformat(), "message": f"{TEXT} Or later."})
    clock.shift(AN_HOUR)
    work()
    assert heard(outside) == 0
    clock.shift(AN_HOUR)
    work()
    assert "Or later." in outside.inbox(UNA)[-1].get_body(("plain",)).get_content()
    answer = api.patch(path, {"send_at": (now() + AN_HOUR).isoformat()})
    assert (answer.status_code, answer.json["detail"]) == (409, "This message has been sent.")


@pytest.mark.parametrize("how", ["cancel", "delete"])
def test_a_cancelled_message_is_never_sent(
    api: Api, case: str, work: Worker, outside: Outside, clock: Any, how: str
) -> None:
    path = f"{case}/messages/{later(api, case)['uuid']}"
    assert (api.post(f"{path}/cancel") if how == "cancel" else api.delete(path)).status_code == 200
    clock.shift(2 * AN_HOUR)
    work()
    assert heard(outside) == 0
    assert api.get(path).status_code == 404


def test_what_has_been_sent_is_not_cancelled(api: Api, case: str, work: Worker, clock: Any) -> None:
    path = f"{case}/messages/{later(api, case)['uuid']}"
    clock.shift(AN_HOUR)
    work()
    assert api.post(f"{path}/cancel").status_code == 409
    assert api.get(path).status_code == 200


@pytest.mark.parametrize(
    "send_at", ["2020-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "tomorrow", 5, None]
)
def test_a_time_that_is_past_too_far_or_none_is_refused(api: Api, case: str, send_at: object) -> None:
    answer = api.post(f"{case}/messages", {"from": BEN, "message": TEXT, "send_at": send_at})
    assert (answer.status_code, answer.json["field"]) == (422, "send_at")


def test_a_naive_time_is_refused(api: Api, case: str) -> None:
    naive = (now() + AN_HOUR).replace(tzinfo=None).isoformat()
    answer = api.post(f"{case}/messages", {"from": BEN, "message": TEXT, "send_at": naive})
    assert (answer.status_code, answer.json["field"]) == (422, "send_at")


def test_whoever_may_not_write_any_more_when_the_time_comes_writes_nothing(
    app: Flask, api: Api, case: str, work: Worker, outside: Outside, clock: Any
) -> None:
    later(api, case)
    with app.app_context(), transaction():
        disable_person(known_person(BEN, field="from"), by=None)
    clock.shift(AN_HOUR)
    work()
    assert (heard(outside), api.get(case).json["status"]) == (0, "new")
    with app.app_context():
        [refused] = happened("message_not_sent")
        assert refused[2]["why"] == "This person may no longer write."


def test_a_message_for_a_case_that_is_closed_meanwhile_opens_it_again(
    api: Api, case: str, work: Worker, outside: Outside, clock: Any
) -> None:
    later(api, case)
    api.post(f"{case}/close")
    clock.shift(AN_HOUR)
    work()
    assert (heard(outside), api.get(case).json["status"]) == (1, "waiting")


@on_both
def test_two_workers_send_each_message_once(app: Flask, api: Api, clock: Any) -> None:
    for _ in range(10):
        later(api, f"/cases/{api.opened(UNA)['uuid']}")
    clock.shift(AN_HOUR)
    in_two_workers(app, jobs.send_scheduled)
    with app.app_context():
        assert len(happened("message_posted")) == 10


@on_both
@pytest.mark.parametrize(("point", "sent"), [("commit.before", 0), ("commit.after", 1)])
def test_a_worker_that_dies_over_a_message_leaves_it_waiting_or_sent(
    app: Flask, api: Api, environ: dict[str, str], point: str, sent: int
) -> None:
    case = f"/cases/{api.opened(UNA)['uuid']}"
    with time_machine.travel(now() - timedelta(days=1)):
        later(api, case)
    done = subprocess.run(
        [sys.executable, "-c", SENDS_AND_IS_KILLED],
        env={**os.environ, **environ, "CASEY_CRASH_AT": point},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    with app.app_context():
        assert len(happened("message_posted")) == sent
        jobs.send_scheduled()
        assert len(happened("message_posted")) == 1
        assert db.session.get_one(Case, 1).status == "waiting"


@on_both
@pytest.mark.usefixtures("context")
def test_what_is_due_is_found_by_its_index() -> None:
    with plans() as found:
        cases_with_due_messages(skip=0)
    assert "ix_posts_send_at_case_id" in found[0]
