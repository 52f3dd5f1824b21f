"""How long it takes to find, and to tell of, what is late among many cases.

A look comes every 15 seconds. What is then due is told of within a minute if so many a second are told of.
"""

import os
from collections.abc import Iterator

import sqlalchemy as sa

from app.extensions import db
from app.jobs.sla import note_breaches
from app.sla.breaches import overdue_metrics
from app.sla.models import SlaMetric
from app.transaction import reading
from bench.limits import MAILS as INSERTS
from bench.limits import insert
from bench.measuring import Figure, compare
from bench.place import casey
from bench.reading import progress
from tests.crowd import fill
from tests.sla.crowd import be_late, measure_all

MANY = 1_000_000
LATE = 300
LOOKS = 100


def figures(database_url: str | None) -> Iterator[Figure]:
    """Among a million cases, each with a metric, or as many as CASEY_BENCH_MEASURED says."""
    size = int(os.environ.get("CASEY_BENCH_MEASURED", MANY))
    with casey(database_url) as (app, _), app.app_context():
        fill(size, told=lambda step: progress(f"{size:,} cases: {step}"))
        measure_all()
        yield compare(f"SLA, a look among {size:,}", _looks, "one row by its key", _keys)
        yield compare("SLA, breaches told of", _tell, "insert and commit alone", _inserts, lambda: be_late(LATE))


def _looks() -> int:
    for _ in range(LOOKS):
        with reading():
            assert overdue_metrics(skip=0) == []
    return LOOKS


def _keys() -> int:
    for _ in range(LOOKS):
        with reading():
            db.session.scalar(sa.select(SlaMetric.id).where(SlaMetric.id == 1))
    return LOOKS


def _tell() -> int:
    note_breaches()
    return LATE


def _inserts() -> int:
    insert()
    return INSERTS
