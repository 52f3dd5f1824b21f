"""Exports as whoever ordered them gets them."""

import json
from collections.abc import Callable
from typing import Any

from flask import Flask

from app.people.credentials import create_key
from app.people.models import Role
from app.transaction import transaction
from tests.api_client import Api

IDS = {"uuid", "reference"}


def ordered(api: Api, format: str = "ndjson", **wanted: str) -> Any:
    answer = api.post("/exports/cases", {"format": format, "filter": wanted})
    assert answer.status_code == 202, answer.text
    return answer.json


def file_of(api: Api, job: Any) -> bytes:
    with api.get(f"/jobs/{job['uuid']}/file") as got:
        assert got.status_code == 200, got.text
        return bytes(got.data)


def exported(api: Api, work: Callable[[], None], format: str = "ndjson", **wanted: str) -> bytes:
    job = ordered(api, format, **wanted)
    work()
    return file_of(api, job)


def lines(content: bytes) -> list[Any]:
    return [json.loads(line) for line in content.splitlines()]


def imported(api: Api, work: Callable[[], None], content: bytes, kind: str = "application/x-ndjson") -> list[Any]:
    job = api.post("/imports/cases", data=content, headers={"Content-Type": kind})
    assert job.status_code == 202, job.text
    work()
    return list(api.get(f"/jobs/{job.json['uuid']}/rows").json["items"])


def without_ids(told: Any) -> Any:
    """The same, without what each house gives anew."""
    if isinstance(told, dict):
        return {name: without_ids(value) for name, value in told.items() if name not in IDS}
    return [without_ids(one) for one in told] if isinstance(told, list) else told


def key_of(app: Flask) -> Api:
    """The API of a house in which nobody has been yet, with a key of its owner."""
    with app.app_context(), transaction():
        _, key = create_key("first owner", Role.OWNER, person=None, by=None)
    return Api(app.test_client(), key)
