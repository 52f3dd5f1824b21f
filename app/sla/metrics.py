"""How service levels stand in cases."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from app.cases.models import Case
from app.clock import now
from app.extensions import db
from app.sla.business_hours import working_time_for
from app.sla.clock import Clock
from app.sla.fitting import targets_for
from app.sla.models import Hours, Metric, SlaMetric, SlaTarget, SlaVersion
from app.sla.working_time import AroundTheClock, Time

ORDER = {metric: place for place, metric in enumerate(Metric)}


def metrics_of(case: Case) -> list[SlaMetric]:
    """The metrics of a case, in the order in which they are named."""
    return metrics_of_each([case.id])[case.id]


def metrics_of_each(case_ids: Sequence[int]) -> Mapping[int, list[SlaMetric]]:
    """The same of many cases, by their ids, with targets, versions and policies: one statement for all of them."""
    target = joinedload(SlaMetric.target, innerjoin=True)
    version = target.joinedload(SlaTarget.version, innerjoin=True)
    query = select(SlaMetric).where(SlaMetric.case_id.in_(case_ids))
    whole = query.options(version.joinedload(SlaVersion.policy, innerjoin=True), version.lazyload(SlaVersion.targets))
    found: dict[int, list[SlaMetric]] = defaultdict(list)
    for one in db.session.scalars(whole) if case_ids else ():
        found[one.case_id].append(one)
    return {id: sorted(found[id], key=lambda one: ORDER[one.metric]) for id in case_ids}


def clocks_of(case: Case) -> list[Clock]:
    """All that is measured in a case, whether it has begun or not."""
    mine = and_(SlaMetric.case_id == case.id, SlaMetric.metric == SlaTarget.metric)
    query = select(SlaTarget, SlaMetric).outerjoin(SlaMetric, mine).where(SlaTarget.version_id == case.sla_version_id)
    rows = db.session.execute(query.order_by(SlaTarget.id)).all()
    targets = targets_for([target for target, _ in rows], case.priority)
    return clocks(case, targets, {metric.metric: metric for _, metric in rows if metric})


def clocks(case: Case, targets: Mapping[Metric, SlaTarget], begun: Mapping[Metric, SlaMetric]) -> list[Clock]:
    """Clocks for these targets, over what has begun."""
    times = _times(case, targets.values())
    return [
        Clock(begun.get(metric) or SlaMetric(case_id=case.id, metric=metric), target, times[target.hours])
        for metric, target in targets.items()
    ]


def _times(case: Case, targets: Collection[SlaTarget]) -> Mapping[Hours, Time]:
    """The kinds of time that are needed; business hours are only asked for where they count."""
    works = any(one.hours is Hours.BUSINESS for one in targets)
    return {Hours.CALENDAR: AroundTheClock()} | ({Hours.BUSINESS: working_time_for(case)} if works else {})


def used_by_each(case: Case, metrics: Sequence[SlaMetric]) -> Mapping[Metric, int]:
    """How many seconds of its goal each of the metrics of a case has used by now."""
    times = _times(case, [one.target for one in metrics])
    return {one.metric: int(_used(one, times[one.target.hours])) for one in metrics}


def _used(metric: SlaMetric, time: Time) -> float:
    since = metric.running_since
    return metric.used + (time.between(since, now()) if since else 0.0)
