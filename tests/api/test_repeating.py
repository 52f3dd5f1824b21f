"""Writes that are safe to repeat: one act, one answer, however often and however simultaneously it is asked for."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.answers import KEPT_FOR, GivenAnswer
from app.clock import now
from app.extensions import db
from app.jobs.upkeep import forget_old_answers
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import on_both
from tests.mail.rows import cases

CASE: dict[str, Any] = {"creator": {"email": UNA}, "subject": "Help", "message": "It burns!"}
KEY = {"Idempotency-Key": "order-4711"}


def test_a_repeated_request_gets_the_same_answer_and_makes_nothing(app: Flask, api: Api) -> None:
    first, again = (api.post("/cases", CASE, headers=KEY) for _ in range(2))
    assert (again.status_code, again.json, again.headers["ETag"]) == (201, first.json, first.headers["ETag"])
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(cases(app)) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [("/cases", CASE | {"subject": "Another"}), ("/persons", {"name": "Una", "email": UNA})],
)
def test_a_key_that_was_used_for_another_request_is_refused(app: Flask, api: Api, path: str, body: Any) -> None:
    api.post("/cases", CASE, headers=KEY)
    answer = api.post(path, body, headers=KEY)
    assert (answer.status_code, answer.json["field"]) == (422, "Idempotency-Key")
    assert len(cases(app)) == 1


def test_the_same_json_in_another_order_is_the_same_request(app: Flask, api: Api) -> None:
    api.post("/cases", CASE, headers=KEY)
    assert api.post("/cases", dict(reversed(CASE.items())), headers=KEY).headers["Idempotent-Replayed"] == "true"
    assert len(cases(app)) == 1


def test_a_request_that_failed_may_be_mended_under_its_key(app: Flask, api: Api) -> None:
    assert api.post("/cases", CASE | {"subject": ""}, headers=KEY).status_code == 422
    assert api.post("/cases", CASE, headers=KEY).status_code == 201
    assert len(cases(app)) == 1


def test_the_keys_of_two_callers_have_nothing_to_do_with_each_other(app: Flask, api: Api) -> None:
    other = api.post("/api-keys", {"role": "agent", "name": "other"}).json["key"]
    assert [one.post("/cases", CASE, headers=KEY).status_code for one in (api, api.as_(other))] == [201, 201]
    assert len(cases(app)) == 2


def test_an_answer_that_shows_a_secret_is_not_stored(app: Flask, api: Api) -> None:
    body = {"role": "agent", "name": "robot"}
    secret = api.post("/api-keys", body, headers=KEY).json["key"]
    again = api.post("/api-keys", body, headers=KEY)
    assert (again.status_code, again.json["code"]) == (409, "conflict")
    with app.app_context():
        stored = db.session.scalars(sa.select(GivenAnswer)).all()
    assert [one.content for one in stored] == [None]
    assert secret not in repr(stored)


@pytest.mark.parametrize("key", ["", "with blank", "é", "x" * 256])
def test_a_bad_key_is_refused_by_name(app: Flask, api: Api, key: str) -> None:
    answer = api.post("/cases", CASE, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["field"]) == (422, "Idempotency-Key")
    assert cases(app) == []


@on_both
def test_fifty_parallel_requests_with_one_key_open_one_case(app: Flask, api: Api) -> None:
    answers, start = [], threading.Barrier(10)

    def ask() -> None:
        mine = Api(app.test_client(), api.key)
        start.wait()
        answers.extend(mine.post("/cases", CASE, headers=KEY) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.status_code for one in answers} == {201}
    assert len({one.json["uuid"] for one in answers}) == 1
    assert len(answers) == 50
    assert len(cases(app)) == 1


def test_old_answers_are_forgotten(app: Flask, api: Api) -> None:
    api.post("/cases", CASE, headers=KEY)
    with time_machine.travel(now() + KEPT_FOR * 1.01), app.app_context():
        forget_old_answers()
    assert "Idempotent-Replayed" not in api.post("/cases", CASE, headers=KEY).headers
    assert len(cases(app)) == 2
