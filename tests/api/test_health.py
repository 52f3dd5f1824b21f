"""What `/health/ready` counts: the mails that wait for somebody to decide."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app import readiness
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.queries import queries
from tests.sandbox import Outside

HELD_OUT = sa.update(OutboundEmail).where(OutboundEmail.address == UNA).values(status=Delivery.HELD)


def counted(app: Flask) -> list[int]:
    answer = app.test_client().get("/health/ready")
    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    return [answer.json[name] for name in ("held", "quarantined", "withheld")]


@on_both
def test_held_quarantined_and_withheld_mails_are_counted(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    assert counted(app) == [0, 0, 0]
    reference = api.opened(UNA)["reference"]
    work()
    outside.send(letter(BEN, "Cake", "In the kitchen."))
    outside.send(letter(EVE, f"Re: {reference}", "I saw it too!"))
    outside.send(letter(EVE, "Round and round", "Hi").as_bytes().replace(b"From:", b"Received: x\r\n" * 101 + b"From:"))
    work()
    assert counted(app) == [2, 1, 0]
    with app.app_context(), transaction():
        db.session.execute(HELD_OUT)
    assert counted(app) == [2, 1, 1]


def test_what_is_posted_after_all_is_counted_no_more(api: Api, app: Flask, work: Worker, outside: Outside) -> None:
    outside.send(letter(EVE, f"Re: {api.opened(UNA)['reference']}", "I saw it too!"))
    work()
    [held] = api.get("/inbound?outcome=held").json["items"]
    api.post(f"/inbound/{held['uuid']}/admit")
    work()
    assert counted(app) == [0, 0, 0]


def test_counting_ends_at_its_bound(
    app: Flask, cast: Cast, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "COUNTED", 2)
    for number in range(3):
        outside.send(letter(BEN, f"Cake {number}", "In the kitchen."))
    work()
    assert counted(app) == [2, 0, 0]


def test_counting_reads_an_index_and_no_table(app: Flask) -> None:
    with queries(app) as asked:
        counted(app)
    counts = [one for one in asked if "count(" in one]
    with app.app_context():
        ask = db.session.connection().exec_driver_sql
        plans = [str(ask(f"EXPLAIN QUERY PLAN {one}", (1,) * one.count("?")).all()) for one in counts]
    assert [plan.count("USING COVERING INDEX") for plan in plans] == [1, 1, 1]
