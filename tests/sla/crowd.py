"""A metric to each of many cases: of most it was kept, of one in ten it runs, and of some it is late."""

from datetime import timedelta

import sqlalchemy as sa

from app.clock import now
from app.extensions import db
from app.sla.models import SlaMetric
from app.sla.policies import create_policy
from app.transaction import transaction
from tests.sla.stories import target

# The first of each ten runs; those that are late are the first that run.
MEASURED = """
    INSERT INTO sla_metrics (case_id, metric, target_id, stage, started_at, running_since, used, due_at, cut_off)
    SELECT id, 'first_reply', 1, CASE WHEN id % 10 = 1 THEN 'active' ELSE 'completed' END, created_at,
        CASE WHEN id % 10 = 1 THEN created_at END, 0.0, :future, :no FROM cases
"""


def measure_all() -> None:
    """Let something be promised of every case there is; nothing is late."""
    future = sa.bindparam("future", now() + timedelta(days=1), type_=SlaMetric.due_at.type)
    with transaction():
        create_policy({"title": "All", "query": {}, "targets": [target("first_reply 1h calendar")]}, by=None)
        db.session.execute(sa.text(MEASURED).bindparams(future, no=False))
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE sla_metrics"))


def be_late(count: int) -> None:
    """Let so many of them be late, and nobody have noticed."""
    first = sa.select(SlaMetric.id).where(SlaMetric.running_since.is_not(None)).order_by(SlaMetric.id).limit(count)
    late = (
        sa.update(SlaMetric).where(SlaMetric.id.in_(first)).values(due_at=now() - timedelta(hours=1), breached_at=None)
    )
    with transaction():
        db.session.execute(late, execution_options={"synchronize_session": False})
