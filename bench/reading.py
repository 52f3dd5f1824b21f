"""Creating, reading, listing and searching among few cases and among many, beside the floor under the same calls."""

import os
import sys
import time
from collections.abc import Iterator

import sqlalchemy as sa

from app.cases.models import Case
from app.extensions import db
from app.listing.cursors import wrapped
from bench.calling import Beside, beside_floor
from bench.measuring import Figure, Growth
from bench.place import casey
from tests.crowd import fill

SIZES = (1_000, 100_000, 1_000_000)
CALLS = 8
ROOM = 1_000  # numbers left to the cases that are created in between
OLD = 1_020  # a number among the first: behind it stands one of the last pages, page 10,000 or more of many cases


def figures(database_url: str | None) -> Iterator[Figure | Growth]:
    """Among a thousand cases, a hundred thousand and a million, or as many as CASEY_BENCH_CASES says ("1000,5000")."""
    sizes = [int(one) for one in os.environ.get("CASEY_BENCH_CASES", "").split(",") if one] or SIZES
    found: list[list[Figure]] = []
    with casey(database_url, CASEY_CASE_META_FILTERS="order", CASEY_API_RATE_LIMIT="1000000") as (app, key):
        last = have = 0
        for size in sizes:
            first, last, have = last + ROOM, last + ROOM + size - have, size
            with app.app_context():
                fill(last, first, told=lambda step, size=size: progress(f"{size:,} cases: {step}"))
                old = db.session.execute(sa.select(Case.uuid, Case.created_at).where(Case.id == OLD)).one()
                db.session.remove()
            found.append([])
            readings = _readings(old.uuid, wrapped(["-created_at", old.created_at, OLD]))
            with beside_floor(app, key, CALLS) as calls:
                for one in _measured(calls, size, readings):
                    found[-1].append(one)
                    yield one
    yield from (Growth(few, many) for few, many in zip(found[0], found[-1], strict=True))


def _measured(calls: Beside, size: int, readings: Iterator[tuple[str, str]]) -> Iterator[Figure]:
    yield calls.create(f"POST /cases, of {size:,}")
    for name, path in readings:
        yield calls.get(f"{name}, of {size:,}", path)


def progress(text: str) -> None:
    """Filling takes minutes: say where it is."""
    print(f"{time.strftime('%X')} {text}", file=sys.stderr, flush=True)


def _readings(uuid: object, cursor: str) -> Iterator[tuple[str, str]]:
    """What is read, and where."""
    yield "GET /cases/{uuid}", f"/cases/{uuid}"
    yield "GET /cases, first page", "/cases?limit=10"
    yield "GET /cases, last page", f"/cases?limit=10&cursor={cursor}"
    yield "GET /cases?status=open", "/cases?limit=10&status=open"
    yield "GET /cases?sort=-priority", "/cases?limit=10&sort=-priority"
    yield "GET /cases?meta.order=...", f"/cases?limit=10&meta.order={OLD}"
    for kind, word in (("one hit", f"w{OLD}"), ("all hit", "burns")):
        yield f"GET /search, {kind}", f"/search?limit=10&q={word}&in=messages"
