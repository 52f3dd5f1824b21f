"""What takes the database too long is given up with a plain answer, and nothing of it is stored."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from app.api.casey.views.cases import case_view
from app.cases.models import Case
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import on_both
from tests.storage import contents

pytestmark = pytest.mark.settings(CASEY_REQUEST_PATIENCE="1")
KEY = {"Idempotency-Key": "order-4711"}
CASE = {"creator": {"email": "new@customer.test"}, "subject": "Help", "message": "It burns!"}


@contextmanager
def somebody_writes(app: Flask, person: int) -> Iterator[None]:
    """Another process that has changed a person, and does not come to an end."""
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        with app.app_context(), transaction():
            db.session.execute(sa.text("UPDATE persons SET note = 'x' WHERE id = :id"), {"id": person})
            begun.set()
            done.wait(30)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    begun.wait(30)
    try:
        yield
    finally:
        done.set()
        writer.join()


@on_both
def test_whoever_waits_too_long_for_another_writer_is_told_to_come_again(app: Flask, api: Api, cast: Cast) -> None:
    before = contents(app)
    with somebody_writes(app, cast.una.id):
        began = time.monotonic()
        answer = api.post(f"/persons/{cast.una.uuid}/block")
        assert time.monotonic() - began < 5
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "busy", "10")
    assert answer.content_type == "application/problem+json"
    assert "nothing was changed" in answer.json["detail"]
    assert {**contents(app), "persons": []} == {**before, "persons": []}
    assert api.post(f"/persons/{cast.una.uuid}/block").status_code == 200


@on_both
def test_whoever_names_a_key_and_waits_for_somebody_else_is_told_the_same(app: Flask, api: Api, cast: Cast) -> None:
    with somebody_writes(app, cast.una.id):
        answer = api.post(f"/persons/{cast.una.uuid}/block", headers=KEY)
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "busy", "10")
    again = api.post(f"/persons/{cast.una.uuid}/block", headers=KEY)
    assert (again.status_code, "Idempotent-Replayed" in again.headers) == (200, False)


@on_both
def test_a_repeat_that_waits_too_long_for_the_first_is_told_so(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(case: Case) -> dict[str, object]:
        begun.set()
        done.wait(30)
        return case_view(case)

    monkeypatch.setattr("app.api.casey.cases.case_view", slow)
    first = threading.Thread(target=lambda: Api(app.test_client(), api.key).post("/cases", CASE, headers=KEY))
    first.start()
    begun.wait(30)
    repeat = api.post("/cases", CASE, headers=KEY)
    done.set()
    first.join()
    assert (repeat.status_code, repeat.json["code"]) == (409, "conflict")
    assert "still being worked on" in repeat.json["detail"]
    assert api.post("/cases", CASE, headers=KEY).headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("headers", [{}, KEY], ids=["plain", "with a key"])
def test_a_change_whose_statements_take_too_long_is_given_up(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    def slow(*_: object, **__: object) -> None:
        db.session.execute(sa.text("SELECT pg_sleep(20)"))

    monkeypatch.setattr("app.api.casey.cases.case_view", slow)
    answer = api.post("/cases", CASE, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (503, "busy")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_statement_that_takes_too_long_is_given_up(app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        db.session.execute(sa.text("SELECT pg_sleep(20)"))

    case = api.opened(UNA)
    monkeypatch.setattr("app.api.casey.changelog.case_by_uuid", slow)
    began = time.monotonic()
    answer = api.get(f"/cases/{case['uuid']}/changelog")
    assert time.monotonic() - began < 5
    assert (answer.status_code, answer.json["code"]) == (503, "busy")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_work_that_nobody_waits_for_may_take_longer(app: Flask) -> None:
    with app.app_context():
        assert db.session.scalar(sa.text("SHOW statement_timeout")) == "4min"
    with app.test_request_context():
        assert db.session.scalar(sa.text("SHOW statement_timeout")) == "1s"
