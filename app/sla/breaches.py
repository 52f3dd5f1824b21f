"""What is due and has not come: told once, whoever looks, and whoever dies while he does."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.sla.following import tell_of_breach
from app.sla.models import SlaMetric, SlaTarget, SlaVersion

BATCH = 100
VERSION = joinedload(SlaMetric.target, innerjoin=True).joinedload(SlaTarget.version, innerjoin=True)
TARGET = VERSION.lazyload(SlaVersion.targets)


def overdue_metrics(*, skip: int) -> list[int]:
    """The ids of a batch of metrics that run and are due, the longest first.

    An index holds only those that run and are not breached, so that a look costs the same however many cases there are.
    """
    query = select(SlaMetric.id).where(*_overdue()).order_by(SlaMetric.due_at, SlaMetric.id)
    return list(db.session.scalars(query.offset(skip).limit(BATCH)))


def breach_if_overdue(metric_id: int) -> bool:
    """Note that a promise was not kept, unless it was meanwhile. Says that nothing is left to be done.

    The case is locked, as whoever changes it does, and then looked at as it stands.
    """
    case_id = db.session.scalar(select(SlaMetric.case_id).where(SlaMetric.id == metric_id))
    case = db.session.get(Case, case_id, with_for_update=True) if case_id else None
    if case is not None:
        metric = db.session.scalar(select(SlaMetric).where(SlaMetric.id == metric_id, *_overdue()).options(TARGET))
        if metric is not None:
            metric.breached_at = metric.due_at
            tell_of_breach(case, metric)
    return True


def _overdue() -> Sequence[sa.ColumnElement[bool]]:
    return SlaMetric.running_since.is_not(None), SlaMetric.breached_at.is_(None), SlaMetric.due_at <= now()
