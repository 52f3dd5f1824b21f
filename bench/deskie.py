"""Pages of Deskie's list of cases beside the same rows by the native list, and what it costs to count them."""

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from unittest import mock

from flask import Flask
from flask.testing import FlaskClient

from app.cases.criteria import in_play, not_merged, standing
from app.cases.models import Status
from app.cases.selection import Selection
from app.extensions import db
from app.people.credentials import create_key
from app.people.models import Role
from app.people.persons import create_person
from app.transaction import transaction
from bench.measuring import Figure, compare
from bench.place import casey
from bench.reading import progress
from tests.crowd import fill

MANY = 100_000
CALLS = 10
EMAIL = "bench@team.test"
NATIVE = "/api/casey/v1/cases?limit=100&sort=-updated_at"
PAGE, LAST_PAGE, OPEN = "/api/cases.json", "/api/cases.json?page=500", "/api/cases.json?status=open"


def figures(database_url: str | None) -> Iterator[Figure]:
    """Among a hundred thousand cases, or as many as CASEY_BENCH_LISTED says."""
    size = int(os.environ.get("CASEY_BENCH_LISTED", MANY))
    with casey(database_url, CASEY_API_RATE_LIMIT="1000000") as (app, key):
        basic = _staff(app)
        with app.app_context():
            fill(size, told=lambda step: progress(f"{size:,} cases: {step}"))
            db.session.remove()
        native = _getting(app.test_client(), NATIVE, f"Bearer {key}")
        for name, path in (("page of 100", PAGE), ("page 500 of 100", LAST_PAGE), ("status=open", OPEN)):
            get = _getting(app.test_client(), path, basic)
            yield compare(f"Deskie, {name}", _uncounted(get, size), "native page of 100", native)
        for name, selection in _selections().items():
            yield compare(f"Deskie, total_count of {name}", _counting(app, selection), "native page of 100", native)


def _staff(app: Flask) -> str:
    """Somebody of the team, as his header says it."""
    with app.app_context(), transaction():
        person = create_person("Bench", EMAIL, role=Role.AGENT, by=None)
        _, secret = create_key("bench", Role.AGENT, person=person, by=None)
    return "Basic " + b64encode(f"{EMAIL}:{secret}".encode()).decode()


def _selections() -> dict[str, Selection]:
    listed = [in_play(), not_merged()]
    undone, done = (Status.NEW, Status.OPEN), (Status.RESOLVED, Status.CLOSED)
    return {
        "all": Selection(listed),
        "open ones": Selection([*listed, standing(undone)]),
        "closed ones": Selection([*listed, standing(done)]),
    }


def _getting(client: FlaskClient, path: str, authorization: str) -> Callable[[], int]:
    def get() -> int:
        for _ in range(CALLS):
            assert client.get(path, headers={"Authorization": authorization}).status_code == 200
        return CALLS

    return get


def _uncounted(get: Callable[[], int], size: int) -> Callable[[], int]:
    """The same without counting, which has lines of its own."""

    def run() -> int:
        with mock.patch.object(Selection, "count", return_value=size):
            return get()

    return run


def _counting(app: Flask, selection: Selection) -> Callable[[], int]:
    def count() -> int:
        with app.app_context():
            for _ in range(CALLS):
                selection.count()
            db.session.remove()
        return CALLS

    return count
