"""Several workers at one webhook: each event is told once, and those of a case in their order."""

import threading

import pytest
from flask import Flask

from app.jobs import webhooks as jobs
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import on_both
from tests.webhooks.receiver import Receiver
from tests.webhooks.test_delivering import log, of_cases

pytestmark = pytest.mark.settings(CASEY_WEBHOOK_ALLOW_PRIVATE="true")


@on_both
def test_workers_at_the_same_webhook_tell_each_event_once_and_in_order(
    app: Flask, api: Api, receiver: Receiver, webhook: str
) -> None:
    start = log(api)[-1]["sequence"] - 1
    for number in range(3):
        case = api.opened(UNA, subject=f"Case {number}")["uuid"]
        for verb in ("close", "reopen", "close"):
            api.post(f"/cases/{case}/{verb}")
    together = threading.Barrier(3)

    def worker() -> None:
        together.wait(10)
        for _ in range(3):
            with app.app_context():
                jobs.dispatch()

    workers = [threading.Thread(target=worker, daemon=True) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    with app.app_context():
        jobs.dispatch()
    events = log(api, start)
    assert sorted(one["sequence"] for one in receiver.taken) == [one["sequence"] for one in events]
    assert of_cases(receiver.taken) == of_cases(events)
