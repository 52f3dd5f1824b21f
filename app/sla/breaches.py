"""What is due and has not come: told once, whoever looks, and whoever dies while he does."""

from sqlalchemy import select

from app.cases.models import Case
from app.cases.queries import locked
from app.clock import now
from app.extensions import db
from app.sla.following import tell_of_breach
from app.sla.models import SlaMetric

BATCH = 100


def overdue_metrics(*, skip: int) -> list[int]:
    """The ids of a batch of metrics that run and are due, the longest first.

    An index holds only those that run and are not breached, so that a look costs the same however many cases there are.
    """
    running = SlaMetric.running_since.is_not(None), SlaMetric.breached_at.is_(None)
    query = select(SlaMetric.id).where(*running, SlaMetric.due_at <= now())
    return list(db.session.scalars(query.order_by(SlaMetric.due_at, SlaMetric.id).offset(skip).limit(BATCH)))


def breach_if_overdue(metric_id: int) -> bool:
    """Note that a promise was not kept, unless it was meanwhile. Says that nothing is left to be done."""
    case_id = db.session.scalar(select(SlaMetric.case_id).where(SlaMetric.id == metric_id))
    if case_id is None:
        return True
    case = locked(db.session.get_one(Case, case_id))
    metric = db.session.get(SlaMetric, metric_id, populate_existing=True)
    if metric and metric.running_since and metric.due_at and metric.due_at <= now() and not metric.breached_at:
        metric.breached_at = metric.due_at
        tell_of_breach(case, metric)
    return True
