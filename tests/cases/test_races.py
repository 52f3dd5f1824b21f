"""Two workers at the same periodic work: each consequence follows once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.clock import now
from app.events import Event
from app.extensions import db
from app.jobs import cases as jobs
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import on_both


def happened(app: Flask, name: str) -> list[int | None]:
    """The cases to which something happened."""
    with app.app_context():
        return list(db.session.scalars(select(Event.case_id).where(Event.name == name).order_by(Event.sequence)))


def in_two_workers(app: Flask, job: Callable[[], None]) -> None:
    start = threading.Barrier(2)

    def worker() -> None:
        with app.app_context():
            start.wait()
            job()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@on_both
@pytest.mark.settings(CASEY_CASE_CLOSE_IDLE="30d")
def test_an_idle_case_is_closed_once(app: Flask, api: Api) -> None:
    for _ in range(30):
        api.opened(UNA)
    with time_machine.travel(now() + timedelta(days=31)):
        in_two_workers(app, jobs.close_idle)
    assert sorted(happened(app, "case_closed")) == list(range(1, 31))  # type: ignore[type-var]


@on_both
@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_everybody_is_reminded_once(app: Flask, api: Api) -> None:
    for _ in range(20):
        api.opened(UNA)
    with time_machine.travel(now() + timedelta(days=2)):
        in_two_workers(app, jobs.remind_team)
    assert sorted(happened(app, "team_member_reminded")) == list(range(1, 21))  # type: ignore[type-var]
    assert len(happened(app, "team_member_invited")) == 40
