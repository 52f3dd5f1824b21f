"""People at the same case at the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.cases.lifecycle import close_if_idle
from app.cases.models import Case
from app.cases.posting import post_message
from app.cases.queries import case_for_change
from app.clock import now
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker, on_both
from tests.mail.rows import cases
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in


def together(*acts: Callable[[], None]) -> None:
    """Do all of it at the same moment."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        start.wait()
        act()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@on_both
@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_confirming_in_two_windows_at_once_confirms_once(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    link, found = link_in(outside.inbox(UNA)[0], "/confirm/"), []
    browsers = [Browser(app) for _ in range(4)]
    for browser in browsers:
        browser.open(link)
    together(*[lambda browser=browser: found.append(browser.submit().status_code) for browser in browsers])
    work()
    assert found == [200] * 4
    assert len(outside.inbox(BEN)) == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.settings(CASEY_CASE_CLOSE_IDLE="30d")
def test_a_case_does_not_close_over_a_message_that_is_just_being_written(app: Flask, api: Api) -> None:
    uuid = api.opened(UNA)["uuid"]
    written, closing = threading.Event(), threading.Event()

    def write() -> None:
        with app.app_context(), transaction():
            case = db.session.scalars(db.select(Case)).one()
            case_for_change(case.uuid)
            post_message(case, "It is back!", by=case.creator, channel="api")
            written.set()
            closing.wait(5)

    def close() -> None:
        written.wait(5)
        threading.Timer(0.3, closing.set).start()
        with app.app_context(), transaction():
            close_if_idle(1)

    with time_machine.travel(now() + timedelta(days=31)):
        together(write, close)
    assert (str(cases(app)[0].uuid), cases(app)[0].status) == (uuid, "open")
