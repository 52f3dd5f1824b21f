"""Among many cases: a look for what is late is bounded, and reads what it finds from an index."""

import pytest
from flask import Flask

from app.sla.breaches import BATCH, breach_if_overdue, overdue_metrics
from app.transaction import reading, transaction
from tests.conftest import on_both
from tests.crowd import fill
from tests.plans import plans
from tests.queries import queries
from tests.sla.crowd import be_late, measure_all

MANY, LATE = 10_000, 300


@pytest.fixture
def crowd(context: Flask) -> Flask:
    """Many cases, some of them late."""
    fill(MANY)
    measure_all()
    be_late(LATE)
    return context


@on_both
def test_a_look_for_what_is_late_is_bounded_and_by_an_index(crowd: Flask) -> None:
    with plans(as_if_full=False) as found, reading():
        first = overdue_metrics(skip=0)
    assert len(first) == BATCH
    assert "ix_sla_metrics_due_at_id" in found[0]
    with queries(crowd) as asked, transaction():
        assert breach_if_overdue(first[0])
    assert len([one for one in asked if one.startswith(("SELECT", "INSERT", "UPDATE"))]) <= 6, asked
    with reading():
        assert first[0] not in overdue_metrics(skip=0)
