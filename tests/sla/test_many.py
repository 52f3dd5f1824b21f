"""Among many cases: a look for what is late is bounded, and reads what it finds from an index."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.clock import now
from app.extensions import db
from app.sla.breaches import BATCH, breach_if_overdue, overdue_metrics
from app.sla.models import SlaMetric
from app.sla.policies import create_policy
from app.transaction import reading, transaction
from tests.conftest import on_both
from tests.crowd import fill
from tests.plans import plans
from tests.queries import queries
from tests.sla.stories import target

MANY, LATE = 20_000, 500
# Each case has a metric; of most it was kept, and of some it runs, the first of them late.
MEASURED = """
    INSERT INTO sla_metrics (case_id, metric, target_id, stage, started_at, running_since, used, due_at, cut_off)
    SELECT id, 'first_reply', 1, CASE WHEN id <= 2000 THEN 'active' ELSE 'completed' END, created_at,
        CASE WHEN id <= 2000 THEN created_at END, 0.0, CASE WHEN id <= :late THEN :past ELSE :future END, :no FROM cases
"""


@pytest.fixture
def crowd(context: Flask) -> Flask:
    """Many cases, some of them late."""
    fill(MANY)
    moments = {"past": now() - timedelta(hours=1), "future": now() + timedelta(days=1)}
    kinds = [sa.bindparam(name, type_=SlaMetric.due_at.type) for name in moments]
    with transaction():
        create_policy({"title": "All", "query": {}, "targets": [target("first_reply 1h calendar")]}, by=None)
        db.session.execute(sa.text(MEASURED).bindparams(*kinds), {**moments, "late": LATE, "no": False})
    return context


@on_both
def test_a_look_for_what_is_late_is_bounded_and_by_an_index(crowd: Flask) -> None:
    with plans(as_if_full=False) as found, reading():
        first = overdue_metrics(skip=0)
    assert len(first) == BATCH
    assert "ix_sla_metrics_due_at_id" in found[0]
    with queries(crowd) as asked, transaction():
        breach_if_overdue(first[0])
    assert len(asked) <= 12, asked
    with reading():
        assert first[0] not in overdue_metrics(skip=0)
