"""Opening and reading cases over HTTP, beside a bare Flask route that runs the bare SQL of the same shape."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from flask.testing import FlaskClient

from app.extensions import db
from bench.measuring import Figure, compare
from bench.place import casey

CALLS = 60
_numbers = itertools.count(1)


def figures(database_url: str | None) -> Iterator[Figure]:
    """Create, get and list."""
    with casey(database_url) as (app, key):
        caller = Caller(app.test_client(), key)
        bare = Caller(bare_app(app).test_client(), "")
        yield compare("POST /cases", caller.create, "bare route, one row, commit", bare.insert)
        uuid = caller.client.get("/api/casey/v1/cases?limit=1", headers=caller.headers).json["items"][0]["uuid"]
        one, many = f"/api/casey/v1/cases/{uuid}", "/api/casey/v1/cases"
        yield compare("GET /cases/{uuid}", lambda: caller.get(one), "bare route, one row", lambda: bare.get("/"))
        yield compare("GET /cases (50 rows)", lambda: caller.get(many), "bare route, one row", lambda: bare.get("/"))


class Caller:
    """Does one kind of call many times; each method says how many."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {key}"}

    def create(self) -> int:
        for _ in range(CALLS):
            creator = {"email": f"customer{next(_numbers)}@world.test"}
            self._post("/api/casey/v1/cases", {"creator": creator, "subject": "Help", "message": "It burns!"})
        return CALLS

    def insert(self) -> int:
        for _ in range(CALLS):
            self._post("/", {"text": "It burns!"})
        return CALLS

    def get(self, path: str) -> int:
        for _ in range(CALLS):
            assert self.client.get(path, headers=self.headers).status_code == 200
        return CALLS

    def _post(self, path: str, body: Any) -> None:
        assert self.client.post(path, json=body, headers=self.headers).status_code == 201


def bare_app(casey_app: Flask) -> Flask:
    """The least a web service in Flask can do: one statement by the same engine, and JSON."""
    bare = Flask("bare")
    with casey_app.app_context():
        engine = db.engine
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.text("CREATE TABLE bench_rows (id INTEGER PRIMARY KEY, body TEXT)"))
        connection.execute(sa.text("INSERT INTO bench_rows (id, body) VALUES (0, 'It burns!')"))

    @bare.post("/")
    def insert() -> tuple[str, int]:
        row = {"id": next(_numbers), "body": request.get_json()["text"]}
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.text("INSERT INTO bench_rows (id, body) VALUES (:id, :body)"), row)
        return json.dumps(row), 201

    @bare.get("/")
    def select() -> str:
        with engine.connect() as connection:
            found = connection.execute(sa.text("SELECT id, body FROM bench_rows WHERE id = 0")).one()
        return json.dumps(dict(found._mapping))

    return bare
