"""Creating, reading, listing and searching among few cases and among many, beside the same SQL behind a bare route."""

import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from flask.testing import FlaskClient

from app.cases.models import Case
from app.extensions import db
from app.listing.cursors import wrapped
from bench.measuring import Figure, Growth, compare
from bench.place import casey
from tests.crowd import fill

SIZES = (1_000, 100_000, 1_000_000)
CALLS = 8
ROOM = 1_000  # numbers left to the cases that are created in between
OLD = 1_020  # a number among the first: behind it stands one of the last pages, page 10,000 or more of many cases
API = "/api/casey/v1"
_numbers = itertools.count(1)

# The least that is read of such a page: the rows themselves, in the order of an index.
BARE = {
    "one": "SELECT * FROM cases WHERE id = 1020",
    "first": "SELECT * FROM cases ORDER BY created_at DESC, id DESC LIMIT 10",
    "last": "SELECT * FROM cases WHERE id < 1020 ORDER BY id DESC LIMIT 10",
    "pressing": "SELECT * FROM cases ORDER BY priority_rank DESC, id DESC LIMIT 10",
    "open": "SELECT * FROM cases WHERE status = 'open' ORDER BY created_at DESC, id DESC LIMIT 10",
}
BARE_SEARCH = {
    "sqlite": "SELECT posts.id, body FROM posts JOIN post_words ON post_words.rowid = posts.id"
    " WHERE post_words.post_words MATCH :word ORDER BY post_words.rowid DESC LIMIT 10",
    "postgresql": "SELECT id, body FROM posts WHERE words @@ to_tsquery('simple', :word) ORDER BY id DESC LIMIT 10",
}


def figures(database_url: str | None) -> Iterator[Figure | Growth]:
    """Among a thousand cases, a hundred thousand and a million, or as many as CASEY_BENCH_CASES says ("1000,5000")."""
    sizes = [int(one) for one in os.environ.get("CASEY_BENCH_CASES", "").split(",") if one] or SIZES
    found: list[list[Figure]] = []
    with casey(database_url, CASEY_CASE_META_FILTERS="order", CASEY_API_RATE_LIMIT="1000000") as (app, key):
        bare = Caller(bare_app(app).test_client(), "")
        mine = Caller(app.test_client(), key)
        last = have = 0
        for size in sizes:
            first, last, have = last + ROOM, last + ROOM + size - have, size
            with app.app_context():
                fill(last, first, told=lambda step, size=size: progress(f"{size:,} cases: {step}"))
                old = db.session.execute(sa.select(Case.uuid, Case.created_at).where(Case.id == OLD)).one()
                db.session.remove()
            found.append([])
            for one in _measured(mine, bare, size, _readings(old.uuid, wrapped(["-created_at", old.created_at, OLD]))):
                found[-1].append(one)
                yield one
    yield from (Growth(few, many) for few, many in zip(found[0], found[-1], strict=True))


def _measured(mine: "Caller", bare: "Caller", size: int, readings: Iterator[tuple[str, str, str]]) -> Iterator[Figure]:
    yield compare(f"POST /cases, of {size:,}", mine.create, "bare route, one row, commit", bare.insert)
    for name, path, floor in readings:
        yield compare(f"{name}, of {size:,}", mine.getting(path), "bare route, its rows", bare.getting(floor))


def progress(text: str) -> None:
    """Filling takes minutes: say where it is."""
    print(f"{time.strftime('%X')} {text}", file=sys.stderr, flush=True)


def _readings(uuid: object, cursor: str) -> Iterator[tuple[str, str, str]]:
    """What is read, where, and where the same rows are read bare."""
    yield "GET /cases/{uuid}", f"{API}/cases/{uuid}", "/one"
    yield "GET /cases, first page", f"{API}/cases?limit=10", "/first"
    yield "GET /cases, last page", f"{API}/cases?limit=10&cursor={cursor}", "/last"
    yield "GET /cases?status=open", f"{API}/cases?limit=10&status=open", "/open"
    yield "GET /cases?sort=-priority", f"{API}/cases?limit=10&sort=-priority", "/pressing"
    yield "GET /cases?meta.order=...", f"{API}/cases?limit=10&meta.order={OLD}", "/one"
    for kind, word in (("one hit", f"w{OLD}"), ("all hit", "burns")):
        path = f"{API}/search?limit=10&q={word}&in=messages"
        yield f"GET /search, {kind}", path, f"/search?word={word}"


class Caller:
    """Does one kind of call a few times; each method says how many."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {key}"}

    def create(self) -> int:
        creator = {"email": f"new{next(_numbers)}@world.test"}
        return self._post(f"{API}/cases", {"creator": creator, "subject": "Help", "message": "It burns!"})

    def insert(self) -> int:
        return self._post("/", {"text": "It burns!"})

    def _post(self, path: str, body: Any) -> int:
        for _ in range(CALLS):
            assert self.client.post(path, json=body, headers=self.headers).status_code == 201
        return CALLS

    def getting(self, path: str) -> "Getting":
        return Getting(self, path)


class Getting:
    """Gets one page a few times."""

    def __init__(self, caller: Caller, path: str) -> None:
        self.caller, self.path = caller, path

    def __call__(self) -> int:
        for _ in range(CALLS):
            assert self.caller.client.get(self.path, headers=self.caller.headers).status_code == 200
        return CALLS


def bare_app(casey_app: Flask) -> Flask:
    """The least a web service in Flask can do: one statement by the same engine, and JSON."""
    bare = Flask("bare")
    with casey_app.app_context():
        engine = db.engine
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(sa.text("CREATE TABLE bench_texts (id INTEGER PRIMARY KEY, body TEXT)"))

    @bare.post("/")
    def insert() -> tuple[str, int]:
        row = {"id": next(_numbers), "body": request.get_json()["text"]}
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(sa.text("INSERT INTO bench_texts (id, body) VALUES (:id, :body)"), row)
        return json.dumps(row), 201

    @bare.get("/<name>")
    def rows(name: str) -> str:
        statement = BARE_SEARCH[engine.dialect.name] if name == "search" else BARE[name]
        with engine.connect() as connection:
            found = connection.execute(sa.text(statement), request.args.to_dict())
            return json.dumps([dict(row._mapping) for row in found], default=str)

    return bare
