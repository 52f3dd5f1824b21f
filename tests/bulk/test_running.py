"""Batches of bulk work: how long one lasts, what one bad row does to the others, and what is kept afterwards."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from app.bulk import rows, running
from app.bulk.acts import ACTS
from app.bulk.attempts import WENT_WRONG
from app.bulk.kinds import BulkAct
from app.bulk.models import BulkJob, BulkRow, JobStatus, RowStatus
from app.bulk.ordering import order_job
from app.extensions import db
from app.people.access import Act
from app.queue import JobTimeout
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import on_both

ACT = "close"


def ordered(app: Flask, *rows: dict[str, Any]) -> int:
    with app.app_context(), transaction():
        return order_job(ACT, rows, {}, by=None).id


def ring(app: Flask, job_id: int) -> None:
    with app.app_context():
        running.run_job(job_id)


def job_of(app: Flask, job_id: int) -> BulkJob:
    with app.app_context():
        return db.session.get_one(BulkJob, job_id)


def rows_of(app: Flask, job_id: int) -> list[BulkRow]:
    with app.app_context():
        return list(db.session.scalars(sa.select(BulkRow).where(BulkRow.job_id == job_id).order_by(BulkRow.position)))


def opened(api: Api, number: int) -> list[dict[str, Any]]:
    return [{"case": api.opened(f"customer{one}@world.test")["uuid"]} for one in range(number)]


@pytest.fixture
def fail_once(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Has the act fail with an error the first time that it is done."""

    def plan(error: Exception) -> None:
        real, errors = ACTS[ACT].do, [error]

        def do(given: Any, options: Any, by: Any) -> Any:
            if errors:
                raise errors.pop()
            return real(given, options, by)

        monkeypatch.setitem(ACTS, ACT, BulkAct(Act.WRITE_CASES, do))  # type: ignore[arg-type]

    return plan


def test_a_batch_ends_after_the_row_that_is_late_and_the_next_goes_on(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BATCH_SECONDS", -1.0)  # every row is late
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a batch a ring
    job_id = ordered(app, *opened(api, 3))
    for done, status in ((1, JobStatus.RUNNING), (2, JobStatus.RUNNING), (3, JobStatus.DONE)):
        ring(app, job_id)
        job = job_of(app, job_id)
        assert (job.done, job.status) == (done, status)
    assert {row.status for row in rows_of(app, job_id)} == {RowStatus.DONE}


def test_a_job_of_slow_rows_is_done_in_one_ring_when_there_is_time(
    app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BATCH_SECONDS", -1.0)
    job_id = ordered(app, *opened(api, 3))
    ring(app, job_id)
    job = job_of(app, job_id)
    assert (job.done, job.status) == (3, JobStatus.DONE)


@on_both
def test_a_row_that_goes_wrong_is_marked_and_the_others_are_done(app: Flask, api: Api) -> None:
    first, last = opened(api, 2)
    job_id = ordered(app, first, {"from an older version": 1}, {"case": "no uuid"}, last)
    ring(app, job_id)
    job, found = job_of(app, job_id), rows_of(app, job_id)
    assert (job.status, job.done, job.failed) == (JobStatus.DONE, 2, 2)
    assert [row.status for row in found] == [RowStatus.DONE, RowStatus.FAILED, RowStatus.FAILED, RowStatus.DONE]
    assert found[1].error == {"code": "internal_error", "detail": WENT_WRONG}


@on_both
def test_what_a_row_did_before_it_went_wrong_is_undone(app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ACTS[ACT].do

    def do(given: Any, options: Any, by: Any) -> Any:
        answer = real(given, options, by)
        return answer | {"wrong": given["wrong"].strip()} if "wrong" in given else answer

    monkeypatch.setitem(ACTS, ACT, BulkAct(Act.WRITE_CASES, do))  # type: ignore[arg-type]
    wrong, right = opened(api, 2)
    job_id = ordered(app, wrong | {"wrong": None}, right)
    ring(app, job_id)
    assert [row.status for row in rows_of(app, job_id)] == [RowStatus.FAILED, RowStatus.DONE]
    assert [api.get(f"/cases/{one['case']}").json["status"] == "closed" for one in (wrong, right)] == [False, True]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("UPDATE", {}, Exception("database is locked")),
        DBAPIError("UPDATE", {}, Exception("connection lost"), connection_invalidated=True),
        JobTimeout(),
    ],
    ids=["locked", "disconnected", "out of time"],
)
def test_a_row_is_tried_again_when_the_trouble_is_not_its_own(
    app: Flask, api: Api, fail_once: Any, error: Exception
) -> None:
    job_id = ordered(app, *opened(api, 2))
    fail_once(error)
    with pytest.raises(type(error)):
        ring(app, job_id)
    assert {row.status for row in rows_of(app, job_id)} == {RowStatus.WAITING}
    ring(app, job_id)
    assert {row.status for row in rows_of(app, job_id)} == {RowStatus.DONE}


def test_an_error_of_the_database_about_a_row_fails_that_row_alone(app: Flask, api: Api, fail_once: Any) -> None:
    job_id = ordered(app, *opened(api, 2))
    fail_once(DataError("INSERT", {}, Exception("value too long")))
    ring(app, job_id)
    assert [row.status for row in rows_of(app, job_id)] == [RowStatus.FAILED, RowStatus.DONE]


def test_what_was_given_is_forgotten_when_a_row_is_done_or_failed(app: Flask, api: Api) -> None:
    job_id = ordered(app, *opened(api, 1), {"what": "people wrote"})
    ring(app, job_id)
    assert [row.given for row in rows_of(app, job_id)] == [{}, {}]


def test_what_was_given_is_forgotten_when_a_job_is_cancelled(api: Api, app: Flask) -> None:
    job = api.post("/bulk/cases", {"act": ACT, "cases": [api.opened(UNA)["uuid"]]}).json
    api.post(f"/jobs/{job['uuid']}/cancel")
    [row] = rows_of(app, 1)
    assert (row.status, row.given) == (RowStatus.CANCELLED, {})
