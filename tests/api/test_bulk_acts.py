"""Every act that can be done to many cases: done to two, it leaves both as the call for one would."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.bulk.models import BulkJob
from app.bulk.on_cases import ON_CASES
from app.clock import now
from app.extensions import db
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both

LATER = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S.000Z")

Seen = Callable[[Api, str], Any]


def of_case(*path: str) -> Seen:
    """What the case says at this path."""

    def seen(api: Api, uuid: str) -> Any:
        found = api.get(f"/cases/{uuid}").json
        for step in path:
            found = found[step]
        return found

    return seen


def addresses(api: Api, uuid: str) -> Any:
    participants = api.get(f"/cases/{uuid}").json["participants"]
    return {one["email"] for one in participants if one["removed_at"] is None}


def last_text(where: str) -> Seen:
    def seen(api: Api, uuid: str) -> Any:
        return api.get(f"/cases/{uuid}/{where}s").json["items"][-1][where]

    return seen


def status_code(api: Api, uuid: str) -> Any:
    return api.get(f"/cases/{uuid}").status_code


def wanted(cast: Cast, other: str) -> dict[str, tuple[list[tuple[str, Any]], Seen, Any]]:
    """For each act: what is done in which order, what is looked at, and what is to be seen there."""
    ben = str(cast.ben.uuid)
    status, state, tags = of_case("status"), of_case("state"), of_case("tags")
    return {
        "change": ([("change", {"priority": "high"})], of_case("priority"), "high"),
        "assign": ([("assign", {"person": ben})], of_case("assignee", "uuid"), ben),
        "close": ([("close", {})], status, "closed"),
        "reopen": ([("close", {}), ("reopen", {})], status, "open"),
        "snooze": ([("snooze", {"until": LATER})], of_case("snoozed_until"), LATER),
        "unsnooze": ([("snooze", {"until": LATER}), ("unsnooze", {})], of_case("snoozed_until"), None),
        "tag": ([("tag", {"tags": ["fire"]})], tags, ["fire"]),
        "untag": ([("tag", {"tags": ["fire", "ash"]}), ("untag", {"tags": ["ash"]})], tags, ["fire"]),
        "retag": ([("tag", {"tags": ["fire"]}), ("retag", {"tags": ["ash"]})], tags, ["ash"]),
        "message": ([("message", {"from": BEN, "message": "It is mended."})], last_text("message"), "It is mended."),
        "note": ([("note", {"from": BEN, "html": "<b>Odd</b>"})], last_text("note"), "Odd"),
        "add_participant": ([("add_participant", {"email": AMY})], addresses, {UNA, AMY}),
        "remove_participant": (
            [("add_participant", {"email": BEN}), ("remove_participant", {"person": ben})],
            addresses,
            {UNA},
        ),
        "merge": ([("merge", {"into": other})], of_case("merged_into"), other),
        "unmerge": ([("merge", {"into": other}), ("unmerge", {})], of_case("merged_into"), None),
        "spam": ([("spam", {})], state, "spam"),
        "unspam": ([("spam", {}), ("unspam", {})], state, "active"),
        "trash": ([("trash", {})], state, "trash"),
        "restore": ([("trash", {}), ("restore", {})], state, "active"),
        "purge": ([("trash", {}), ("purge", {})], status_code, 404),
    }


@on_both
@pytest.mark.parametrize("act", ON_CASES)
def test_an_act_does_to_many_what_it_does_to_one(api: Api, cast: Cast, work: Worker, act: str) -> None:
    other, *uuids = [api.opened(UNA)["uuid"] for _ in range(3)]
    steps, seen, expected = wanted(cast, other)[act]
    for name, given in steps:
        job = api.post("/bulk/cases", {"act": name, "with": given, "cases": uuids}).json
        work()
        assert api.get(f"/jobs/{job['uuid']}/rows", query_string={"status": "failed"}).json["items"] == []
    assert [seen(api, uuid) for uuid in uuids] == [expected] * 2


def options_of_jobs(app: Flask) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(sa.select(BulkJob.options)))


def test_a_text_for_many_is_forgotten_when_it_is_written(app: Flask, api: Api, work: Worker) -> None:
    uuid = api.opened(UNA)["uuid"]
    api.post("/bulk/cases", {"act": "note", "with": {"from": BEN, "note": "A secret."}, "cases": [uuid]})
    assert options_of_jobs(app) == [{"sender": BEN, "note": "A secret."}]
    work()
    assert options_of_jobs(app) == [{}]


def test_the_html_of_a_message_for_many_is_made_safe(api: Api, work: Worker) -> None:
    uuid = api.opened(UNA)["uuid"]
    html = "<p>Hello<script>alert(1)</script></p>"
    api.post("/bulk/cases", {"act": "message", "with": {"from": BEN, "html": html}, "cases": [uuid]})
    work()
    [*_, last] = api.get(f"/cases/{uuid}/messages").json["items"]
    assert "script" not in str(last)
    assert last["message"] == "Hello"


def test_to_purge_many_takes_the_key_that_purging_one_takes(api: Api, cast: Cast) -> None:
    uuid = api.opened(UNA)["uuid"]
    answer = api.as_(cast.keys["ben"]).post("/bulk/cases", {"act": "purge", "cases": [uuid]})
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
