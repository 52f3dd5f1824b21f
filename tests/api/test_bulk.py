"""Many things at once: the same verbs, one result each, and cases taken over from elsewhere."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.bulk import rows, running
from app.cases.models import Status
from app.events import Event
from app.extensions import db
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.mail.rows import cases
from tests.sandbox import Outside

NOBODY = "01a200d0-0000-7000-8000-000000000000"

OLD: dict[str, Any] = {
    "external_id": "desk-1",
    "creator": {"name": "Una Customer", "email": UNA},
    "subject": "An old story",
    "created_at": "2020-02-03T10:00:00Z",
    "messages": [
        {"from": UNA, "message": "It burned.", "created_at": "2020-02-03T10:00:00Z"},
        {"from": BEN, "message": "It is out.", "created_at": "2020-02-04T10:00:00+01:00"},
        {"from": BEN, "message": "She was right.", "kind": "note", "created_at": "2020-02-04T11:00:00+01:00"},
    ],
}


def imported(api: Api, *described: Any, **query: str) -> Any:
    data = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in described)
    return api.post("/imports/cases", data=data, query_string=query)


def rows_of(api: Api, job: Any, **query: str) -> list[Any]:
    return list(api.get(f"/jobs/{job['uuid']}/rows", query_string=query).json["items"])


def test_many_cases_are_closed_at_once_with_a_result_each(app: Flask, api: Api, work: Worker) -> None:
    uuids = [api.opened(f"customer{number}@world.test")["uuid"] for number in range(25)]
    nobody = "01a200d0-0000-7000-8000-000000000000"
    job = api.post("/bulk/cases", {"act": "close", "cases": [*uuids, nobody]}).json
    assert (job["status"], job["total"]) == ("waiting", 26)
    work()
    done = api.get(f"/jobs/{job['uuid']}").json
    assert (done["status"], done["done"], done["failed"]) == ("done", 25, 1)
    assert {one.status for one in cases(app)} == {Status.CLOSED}
    assert [row["result"]["case"] for row in rows_of(api, job, status="done")] == uuids
    [failed] = rows_of(api, job, status="failed")
    assert (failed["position"], failed["error"]["code"]) == (25, "not_found")


def test_tags_are_put_on_many_cases_and_taken_off(api: Api, work: Worker) -> None:
    uuids = [api.opened(f"customer{number}@world.test")["uuid"] for number in range(3)]
    for act, tags in (("tag", ["billing"]), ("untag", [])):
        api.post("/bulk/cases", {"act": act, "cases": uuids, "with": {"tags": ["billing"]}})
        work()
        assert [api.get(f"/cases/{uuid}").json["tags"] for uuid in uuids] == [tags] * 3


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"act": "explode", "cases": [NOBODY]}, "act"),
        ({"act": "close", "cases": []}, "cases"),
        ({"act": "close", "cases": ["x"]}, "cases.0"),
        ({"act": "tag", "cases": [NOBODY]}, "with.tags"),
        ({"act": "close", "cases": [NOBODY], "tags": ["a"]}, "tags"),
        ({"act": "close", "cases": [NOBODY], "with": {"tags": ["a"]}}, "with.tags"),
        ({"act": "snooze", "cases": [NOBODY], "with": {"until": "soon"}}, "with.until"),
        ({"act": "change", "cases": [NOBODY], "with": {"priority": "worst"}}, "with.priority"),
        ({"act": "assign", "cases": [NOBODY], "with": {"person": NOBODY}}, "with.person"),
        ({"act": "change", "cases": [NOBODY], "with": {"team": NOBODY}}, "with.team"),
        ({"act": "merge", "cases": [NOBODY], "with": {"into": NOBODY}}, "with.into"),
        ({"act": "note", "cases": [NOBODY], "with": {"from": BEN}}, "with.note"),
        ({"act": "message", "cases": [NOBODY], "with": {"from": "eve@evil.test", "message": "Hi"}}, "with.from"),
    ],
)
def test_a_bad_order_is_refused_by_its_field(api: Api, body: Any, field: str) -> None:
    answer = api.post("/bulk/cases", body)
    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert api.get("/jobs").json["items"] == []


@on_both
def test_what_is_cancelled_is_not_done_and_what_is_done_stays(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BATCH", 2)
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a batch a ring
    uuids = [api.opened(f"customer{number}@world.test")["uuid"] for number in range(5)]
    job = api.post("/bulk/cases", {"act": "close", "cases": uuids}).json
    with app.app_context():
        running.run_job(1)
    for _ in range(2):
        answer = api.post(f"/jobs/{job['uuid']}/cancel").json
        assert (answer["status"], answer["done"]) == ("cancelled", 2)
    work()
    assert [row["status"] for row in rows_of(api, job)] == ["done", "done", "cancelled", "cancelled", "cancelled"]
    assert [one.status for one in cases(app)].count(Status.CLOSED) == 2


def test_a_finished_job_cannot_be_cancelled(api: Api, work: Worker) -> None:
    job = api.post("/bulk/cases", {"act": "close", "cases": [api.opened(UNA)["uuid"]]}).json
    work()
    assert api.post(f"/jobs/{job['uuid']}/cancel").status_code == 409


@on_both
def test_a_case_is_taken_over_with_its_history_and_nobody_is_mailed(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    job = imported(api, OLD).json
    work()
    [row] = rows_of(api, job)
    case = api.get(f"/cases/{row['result']['case']}").json
    assert (case["subject"], case["status"], case["created_at"]) == (
        "An old story",
        "closed",
        "2020-02-03T10:00:00.000Z",
    )
    assert [(one["message"], one["created_at"]) for one in case["messages"]] == [
        ("It burned.", "2020-02-03T10:00:00.000Z"),
        ("It is out.", "2020-02-04T09:00:00.000Z"),
    ]
    assert [one["note"] for one in case["notes"]] == ["She was right."]
    assert {one["email"] for one in case["participants"]} == {UNA, BEN}
    assert [outside.inbox(address) for address in (UNA, BEN)] == [[], []]


def test_a_case_that_was_taken_over_is_not_taken_over_again(app: Flask, api: Api, work: Worker) -> None:
    first, again = (imported(api, OLD, OLD | {"external_id": "desk-2"}).json for _ in range(2))
    work()
    assert [row["result"]["created"] for row in rows_of(api, first)] == [True, True]
    assert [row["result"]["created"] for row in rows_of(api, again)] == [False, False]
    assert [row["result"]["case"] for row in rows_of(api, again)] == [
        row["result"]["case"] for row in rows_of(api, first)
    ]
    assert len(cases(app)) == 2


def test_one_wrong_line_stops_an_import_and_every_wrong_line_is_named(app: Flask, api: Api, work: Worker) -> None:
    bad = OLD | {"external_id": "desk-2", "created_at": "yesterday"}
    answer = imported(api, OLD, bad, "{", OLD | {"urgent": True})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json["errors"]} == {"line 2: created_at", "line 3", "line 4: urgent"}
    work()
    assert cases(app) == []


def test_on_demand_what_is_right_is_taken_over(app: Flask, api: Api, work: Worker) -> None:
    assert imported(api, OLD, "{", partial="true").json["total"] == 1
    work()
    assert len(cases(app)) == 1


def test_a_note_of_a_customer_is_refused_and_nothing_of_its_case_is_left(app: Flask, api: Api, work: Worker) -> None:
    note = {"from": "new@customer.test", "message": "Hm", "kind": "note", "created_at": "2020-02-03T10:00:00Z"}
    job = imported(api, OLD | {"messages": [*OLD["messages"], note]}).json
    work()
    [row] = rows_of(api, job)
    assert row["error"]["errors"] == {"messages.3.from": "Only the team writes notes."}
    assert cases(app) == []
    assert api.get("/persons", query_string={"email": "new@customer.test"}).json["items"] == []


def test_an_import_that_is_repeated_under_its_key_is_ordered_once(api: Api) -> None:
    first, again = (
        api.post("/imports/cases", data=json.dumps(OLD), headers={"Idempotency-Key": "import-1"}) for _ in range(2)
    )
    assert first.json["uuid"] == again.json["uuid"]
    assert len(api.get("/jobs").json["items"]) == 1


def test_many_cases_are_put_into_the_trash_and_taken_out_again(api: Api, work: Worker) -> None:
    uuids = [api.opened(f"customer{number}@world.test")["uuid"] for number in range(3)]
    for act, state in (("trash", "trash"), ("restore", "active"), ("spam", "spam"), ("unspam", "active")):
        api.post("/bulk/cases", {"act": act, "cases": uuids})
        work()
        assert [api.get(f"/cases/{uuid}").json["state"] for uuid in uuids] == [state] * 3


def test_what_a_key_may_not_do_to_one_case_it_may_not_do_to_many(api: Api) -> None:
    narrow = {"role": "agent", "name": "narrow", "scopes": ["bulk", "read_cases"]}
    robot = api.as_(api.post("/api-keys", narrow).json["key"])
    answer = robot.post("/bulk/cases", {"act": "trash", "cases": [api.opened(UNA)["uuid"]]})
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert api.get("/jobs").json["items"] == []


def test_a_job_is_shown_and_cancelled_only_by_keys_that_may_do_what_it_does(api: Api) -> None:
    job = api.post("/bulk/cases", {"act": "trash", "cases": [api.opened(UNA)["uuid"]]}).json["uuid"]
    narrow = {"role": "agent", "name": "narrow", "scopes": ["bulk", "read_cases"]}
    robot = api.as_(api.post("/api-keys", narrow).json["key"])
    tried = [robot.get(f"/jobs/{job}"), robot.get(f"/jobs/{job}/rows"), robot.post(f"/jobs/{job}/cancel")]
    assert [one.status_code for one in tried] == [403] * 3
    assert api.get(f"/jobs/{job}").json["status"] == "waiting"


def test_the_list_of_jobs_tells_a_key_only_of_those_that_it_might_have_ordered(api: Api) -> None:
    uuid = api.opened(UNA)["uuid"]
    for act in ("trash", "close"):
        api.post("/bulk/cases", {"act": act, "cases": [uuid]})
    narrow = {"role": "agent", "name": "narrow", "scopes": ["bulk", "write_cases"]}
    robot = api.as_(api.post("/api-keys", narrow).json["key"])
    assert [one["act"] for one in robot.get("/jobs").json["items"]] == ["close"]
    assert [one["act"] for one in api.get("/jobs").json["items"]] == ["close", "trash"]


def test_a_job_ends_with_the_key_that_ordered_it(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BATCH", 2)
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a batch a ring
    uuids = [api.opened(f"customer{number}@world.test")["uuid"] for number in range(3)]
    key = api.post("/api-keys", {"role": "agent", "name": "short"}).json
    job = api.as_(key["key"]).post("/bulk/cases", {"act": "close", "cases": uuids}).json
    with app.app_context():
        running.run_job(1)
    assert api.delete(f"/api-keys/{key['uuid']}").status_code == 200
    work()
    ended = api.get(f"/jobs/{job['uuid']}").json
    assert (ended["status"], ended["done"], ended["error"]["code"]) == ("failed", 2, "forbidden")
    assert [row["status"] for row in rows_of(api, job)] == ["done", "done", "cancelled"]


def test_what_a_job_does_is_told_of_the_key_and_the_address_that_ordered_it(app: Flask, api: Api, work: Worker) -> None:
    api.post("/bulk/cases", {"act": "close", "cases": [api.opened(UNA)["uuid"]]})
    work()
    with app.app_context():
        told = {one.name: (one.api_key_id, one.ip_address) for one in db.session.scalars(sa.select(Event))}
    assert told["case_closed"] == told["bulk_ordered"] == told["bulk_finished"]
    assert None not in told["case_closed"]
