"""Exports of many cases: what is in them, what they survive, and how long they are kept."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.bulk import running
from app.bulk.holding import HeldFile
from app.bulk.models import BulkJob
from app.clock import now
from app.export import cases
from app.export.table import guarded
from app.extensions import db
from app.files.models import File
from app.jobs.cases import forget_unused_files
from app.jobs.upkeep import forget_old_files
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.export.exported import exported, file_of, lines, ordered


@pytest.fixture
def a_step_a_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small steps, and one of them each time that a worker comes."""
    monkeypatch.setattr(cases, "AT_ONCE", 2)
    monkeypatch.setattr(running, "SECONDS", -1.0)


def ring(app: Flask, times: int = 1) -> None:
    for _ in range(times):
        with app.app_context():
            running.run_job(1)


def opened(api: Api, number: int) -> list[str]:
    return [api.opened(f"customer{one}@world.test")["uuid"] for one in range(number)]


def kept_files(app: Flask) -> int:
    """How many contents are left when those that nobody uses are forgotten."""
    with app.app_context():
        forget_unused_files()
        return db.session.scalar(sa.select(sa.func.count()).select_from(File)) or 0


@on_both
@pytest.mark.usefixtures("a_step_a_ring")
def test_every_wanted_case_is_a_line_and_the_oldest_is_the_first(api: Api, work: Worker) -> None:
    uuids = opened(api, 5)
    api.post(f"/cases/{uuids[1]}/close")
    api.post(f"/cases/{uuids[3]}/trash")
    job = ordered(api)
    work()
    found = api.get(f"/jobs/{job['uuid']}").json
    assert (found["status"], found["total"], found["done"], found["receipt"]) == ("done", 4, 4, {"cases": 4})
    assert found["file"]["content_type"] == "application/x-ndjson"
    assert found["file"]["name"] == f"cases-{now():%Y-%m-%d}.ndjson"
    assert [one["uuid"] for one in lines(file_of(api, job))] == [uuids[0], uuids[1], uuids[2], uuids[4]]
    assert [one["uuid"] for one in lines(exported(api, work, status="closed"))] == [uuids[1]]
    assert exported(api, work, status="resolved") == b""


@on_both
def test_what_a_key_calls_its_own_is_what_it_exports(api: Api, cast: Cast, work: Worker) -> None:
    uuids = opened(api, 2)
    api.post(f"/cases/{uuids[0]}/assign", {"person": str(cast.olga.uuid)})
    assert [one["uuid"] for one in lines(exported(api, work, assignee="me"))] == [uuids[0]]


@pytest.mark.usefixtures("a_step_a_ring")
def test_cases_that_go_while_it_works_are_no_error(app: Flask, api: Api, work: Worker) -> None:
    uuids = opened(api, 6)
    job = ordered(api)
    ring(app, times=2)
    for uuid in uuids[0], uuids[2], uuids[4]:
        api.post(f"/cases/{uuid}/trash")
    api.post(f"/cases/{uuids[4]}/purge")
    api.opened("late@world.test")
    work()
    assert [one["uuid"] for one in lines(file_of(api, job))] == [uuids[0], uuids[1], uuids[3], uuids[5]]
    assert api.get(f"/jobs/{job['uuid']}").json["receipt"] == {"cases": 4}


def test_a_step_ends_after_the_case_that_is_late(app: Flask, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "SECONDS", -1.0)
    monkeypatch.setattr(running, "SECONDS", -1.0)
    opened(api, 3)
    job = ordered(api)
    for done in (0, 1, 2, 3):
        ring(app)
        assert api.get(f"/jobs/{job['uuid']}").json["done"] == done


@on_both
@pytest.mark.usefixtures("a_step_a_ring")
def test_the_parts_are_kept_while_it_works_and_not_afterwards(app: Flask, api: Api, work: Worker) -> None:
    opened(api, 5)
    job = ordered(api)
    ring(app, times=3)
    with app.app_context():
        db.session.execute(sa.update(File).values(unused_at=now()))
        db.session.commit()
    assert kept_files(app) == 3
    work()
    assert len(lines(file_of(api, job))) == 5
    assert kept_files(app) == 1


@pytest.mark.usefixtures("a_step_a_ring")
def test_the_parts_of_a_cancelled_export_are_forgotten(app: Flask, api: Api) -> None:
    opened(api, 5)
    job = ordered(api)
    ring(app, times=2)
    api.post(f"/jobs/{job['uuid']}/cancel")
    assert kept_files(app) == 0
    with app.app_context():
        assert db.session.scalars(sa.select(HeldFile)).all() == []


@pytest.mark.usefixtures("a_step_a_ring")
def test_the_parts_of_an_export_whose_key_was_revoked_are_forgotten(app: Flask, api: Api, work: Worker) -> None:
    opened(api, 5)
    key = api.post("/api-keys", {"role": "admin", "name": "short"}).json
    job = ordered(api.as_(key["key"]))
    ring(app, times=2)
    api.delete(f"/api-keys/{key['uuid']}")
    work()
    assert api.get(f"/jobs/{job['uuid']}").json["status"] == "failed"
    assert kept_files(app) == 0


@on_both
def test_the_file_is_kept_for_a_week_and_what_came_of_the_job_for_ever(app: Flask, api: Api, work: Worker) -> None:
    opened(api, 1)
    job = ordered(api)
    work()
    for days, status, files in ((6, 200, 1), (8, 410, 0)):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            with app.app_context():
                forget_old_files()
            assert kept_files(app) == files
            with api.get(f"/jobs/{job['uuid']}/file") as got:
                assert got.status_code == status
    found = api.get(f"/jobs/{job['uuid']}").json
    assert (found["receipt"], found["file"]) == ({"cases": 1}, None)


def test_a_file_that_was_let_go_for_somebody_who_was_erased_is_said_to_be_gone(api: Api, work: Worker) -> None:
    opened(api, 1)
    job, person = ordered(api), api.opened(UNA)["creator"]["uuid"]
    work()
    api.post(f"/persons/{person}/erase", {})
    work()
    answer = api.get(f"/jobs/{job['uuid']}/file")
    assert (answer.status_code, answer.json["code"]) == (410, "gone")
    assert "kept for a week, or until a person is erased" in answer.json["detail"]


def test_a_table_has_a_line_for_each_case_and_a_column_for_each_field_of_ones_own(api: Api, work: Worker) -> None:
    api.post("/fields", {"level": "case", "key": "order", "title": "Order", "type": "number"})
    api.post("/fields", {"level": "case", "key": "shop", "title": "Shop", "type": "text"})
    uuid = api.opened(UNA, subject="=HYPERLINK(1)")["uuid"]
    api.patch(f"/cases/{uuid}", {"fields": {"order": -5, "shop": 'Say "hi", there'}, "meta": {"a": "ü"}})
    api.post(f"/case/{uuid}/notes", {"from": BEN, "note": "Hm"})
    opened(api, 1)
    content = exported(api, work, "csv")
    assert content.startswith(b"\xef\xbb\xbfuuid,reference,")
    assert content.count(b"\r\n") == 3
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (first["uuid"], first["subject"], first["creator_email"]) == (uuid, "'=HYPERLINK(1)", UNA)
    assert (first["messages"], first["notes"], first["meta"]) == ("1", "1", '{"a": "ü"}')
    assert (first["fields.order"], first["fields.shop"]) == ("-5", 'Say "hi", there')
    assert (second["notes"], second["fields.order"], second["assignee_email"]) == ("0", "", "")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_in_a_table_is_a_formula(begins: str) -> None:
    assert guarded(f"{begins}1+1") == f"'{begins}1+1"
    assert guarded([f"{begins}1+1", "b"]) == f"'{begins}1+1, b"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (" =1+1", "' =1+1"),
        ("\ufeff\u00a0@x", "'\ufeff\u00a0@x"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\n=1+1", "'\n'=1+1"),
        ("Hello;=cmd", "Hello;'=cmd"),
        ("Hello\r\n-1", "Hello\r\n'-1"),
        ("Hello - 1; x = 2", "Hello - 1; x = 2"),
    ],
)
def test_no_text_in_a_table_is_a_formula_however_it_is_cut(text: str, safe: str) -> None:
    assert guarded(text) == safe


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "xml"}, "format"),
        ({"filter": {}}, "format"),
        ({"format": "csv", "filter": {"colour": "red"}}, "filter.colour"),
        ({"format": "csv", "filter": {"status": "lost"}}, "filter.status"),
        ({"format": "csv", "filter": {"sort": "created_at"}}, "filter.sort"),
    ],
)
def test_a_bad_order_is_refused_by_its_field(api: Api, body: Any, field: str) -> None:
    answer = api.post("/exports/cases", body)
    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert api.get("/jobs").json["items"] == []


def test_an_export_is_for_keys_that_may_export(api: Api, work: Worker) -> None:
    job = ordered(api)
    work()
    agent = api.as_(api.post("/api-keys", {"role": "agent", "name": "agent"}).json["key"])
    narrow = {"role": "admin", "name": "narrow", "scopes": ["bulk", "read_cases", "import_cases"]}
    for robot in (agent, api.as_(api.post("/api-keys", narrow).json["key"])):
        tried = [robot.get(f"/jobs/{job['uuid']}"), robot.get(f"/jobs/{job['uuid']}/file")]
        tried.append(robot.post("/exports/cases", {"format": "csv"}))
        assert [one.status_code for one in tried] == [403] * 3
        assert robot.get("/jobs").json["items"] == []


def test_the_audit_log_says_who_exported_what(app: Flask, api: Api) -> None:
    job = ordered(api, "csv", status="closed")
    [entry] = api.get("/audit", query_string={"name": "export_ordered"}).json["items"]
    assert entry["new"] == {"format": "csv", "filter": {"status": "closed"}}
    assert job["uuid"] in str(entry)
    with app.app_context():
        assert db.session.get_one(BulkJob, 1).act == "export"
