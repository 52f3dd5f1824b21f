"""A house with many cases, for what dialects list of them, and what all that is measured against."""

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from flask import Flask
from flask.testing import FlaskClient

from app.cases.selection import Selection
from app.extensions import db
from app.people.credentials import create_key
from app.people.models import Role
from app.people.persons import create_person
from app.transaction import transaction
from bench.place import casey
from bench.reading import progress
from tests.crowd import fill

MANY = 100_000
CALLS = 10
EMAIL = "bench@team.test"
NATIVE = "/api/casey/v1/cases?limit=100&sort=-updated_at"


@dataclass(frozen=True)
class Listed:
    """A house with ``size`` cases, and how somebody of the team signs in by Basic, or a key by itself."""

    app: Flask
    size: int
    basic: str
    bearer: str

    def native(self) -> Callable[[], int]:
        """A page of a hundred cases by the native list."""
        return getting(self.app.test_client(), NATIVE, self.bearer)

    def uncounted(self, path: str) -> Callable[[], int]:
        """A page of a dialect without counting, which has lines of its own."""
        get = getting(self.app.test_client(), path, self.basic)

        def run() -> int:
            with mock.patch.object(Selection, "count", return_value=self.size):
                return get()

        return run


@contextmanager
def listed(database_url: str | None) -> Iterator[Listed]:
    """Among a hundred thousand cases, or as many as CASEY_BENCH_LISTED says."""
    size = int(os.environ.get("CASEY_BENCH_LISTED", MANY))
    with casey(database_url, CASEY_API_RATE_LIMIT="1000000") as (app, key):
        basic = _staff(app)
        with app.app_context():
            fill(size, told=lambda step: progress(f"{size:,} cases: {step}"))
            db.session.remove()
        yield Listed(app, size, basic, f"Bearer {key}")


def _staff(app: Flask) -> str:
    """Somebody of the team, as his header says it."""
    with app.app_context(), transaction():
        person = create_person("Bench", EMAIL, role=Role.AGENT, by=None)
        _, secret = create_key("bench", Role.AGENT, person=person, by=None)
    return "Basic " + b64encode(f"{EMAIL}:{secret}".encode()).decode()


def getting(client: FlaskClient, path: str, authorization: str) -> Callable[[], int]:
    """Ask for an address again and again."""

    def get() -> int:
        for _ in range(CALLS):
            assert client.get(path, headers={"Authorization": authorization}).status_code == 200
        return CALLS

    return get
