"""Work that finds out by itself what there is to do: its steps, what came of it, its file, and the key it works for."""

from typing import Any

import pytest
from flask import Flask

from app.bulk import running
from app.bulk.acts import ACTS
from app.bulk.attempts import WENT_WRONG
from app.bulk.kinds import SteppedAct
from app.bulk.ordering import order_work
from app.errors import Invalid
from app.files.storing import store
from app.people.access import Act
from app.people.models import Person
from app.steps import Json, Made, Step
from app.transaction import transaction
from tests.api_client import Api
from tests.conftest import Worker, on_both

COUNTING = "counting"


def count(options: Json, state: Json, by: Person | None) -> Step:
    """A thing a step, as many as the options say; at the end a file with what was counted."""
    at = state.get("at", 0) + 1
    if at == options.get("wrong"):
        raise Invalid("There is nothing to be counted.", field="wrong")
    if at == options.get("broken"):
        raise ValueError(at)
    if at < options["upto"]:
        return Step({"at": at}, done=1, total=options["upto"])
    made = Made(store(b"one, two, three").id, "count.csv", "text/csv")
    return Step({}, done=1, receipt={"counted": at}, made=made)


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTS, COUNTING, SteppedAct(Act.IMPORT_CASES, count))  # type: ignore[arg-type]


def ordered(app: Flask, **options: Any) -> str:
    with app.app_context(), transaction():
        return str(order_work(COUNTING, options, by=None).uuid)


@on_both
def test_work_goes_on_step_by_step_and_leaves_a_receipt_and_a_file(app: Flask, api: Api, work: Worker) -> None:
    uuid = ordered(app, upto=3)
    assert api.get(f"/jobs/{uuid}/file").status_code == 404
    work()
    job = api.get(f"/jobs/{uuid}").json
    assert (job["status"], job["done"], job["total"], job["receipt"]) == ("done", 3, 3, {"counted": 3})
    assert job["file"] == {"name": "count.csv", "content_type": "text/csv", "size": 15}
    with api.get(f"/jobs/{uuid}/file") as got:
        assert (got.data, got.headers["Content-Disposition"].partition(";")[0]) == (b"one, two, three", "attachment")


def test_a_step_goes_on_where_the_last_one_ended(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a step a ring
    uuid = ordered(app, upto=3)
    with app.app_context():
        running.run_job(1)
    job = api.get(f"/jobs/{uuid}").json
    assert (job["status"], job["done"], job["total"]) == ("running", 1, 3)
    work()
    assert api.get(f"/jobs/{uuid}").json["receipt"] == {"counted": 3}


def test_work_that_cannot_go_on_fails_and_says_why(app: Flask, api: Api, work: Worker) -> None:
    uuid = ordered(app, upto=3, wrong=2)
    work()
    job = api.get(f"/jobs/{uuid}").json
    assert (job["status"], job["done"], job["receipt"], job["file"]) == ("failed", 1, None, None)
    assert job["error"]["errors"] == {"wrong": "There is nothing to be counted."}


def test_work_that_goes_wrong_fails_rather_than_being_repeated_for_ever(app: Flask, api: Api, work: Worker) -> None:
    uuid = ordered(app, upto=3, broken=2)
    work()
    assert api.get(f"/jobs/{uuid}").json["error"] == {"code": "internal_error", "detail": WENT_WRONG}
