"""What service levels make of what happens to a case. It all happens inside of the transaction in which that happens.

Who changes a case holds its lock, so that nobody else moves its metrics meanwhile.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import select

from app.cases.models import Case, Post
from app.cases.queries import public
from app.clock import now
from app.events import record
from app.extensions import db
from app.people.models import TEAM_ROLES, Person
from app.sla.clock import Clock
from app.sla.fitting import fitting_version, is_nothing_promised, targets_for
from app.sla.history import moments_of
from app.sla.metrics import clocks, clocks_of, metrics_of
from app.sla.models import Metric, SlaMetric
from app.sla.moments import Moment, Said, said_by, standing_of
from app.sla.rules import tell


def follow(case: Case, post: Post | None = None) -> None:
    """Something happened to a case of which something is promised; somebody wrote, if there is a ``post``."""
    if case.sla_version_id is not None:
        said = None if post is None or post.robot else _said(case, post)
        clocks = clocks_of(case)
        answered = said is Said.QUESTION and _answered(case, clocks, post)
        _tell(case, clocks, [Moment(now(), standing_of(case), said, answered=answered)])


def _said(case: Case, post: Post) -> Said:
    return said_by(team=post.author.team, author_id=post.author_id, case=case)


def _answered(case: Case, clocks: Iterable[Clock], post: Post | None) -> bool:
    """Whether the team had spoken before. Mostly the first reply knows; the posts do where none was promised."""
    known = {clock.measures: clock for clock in clocks}
    if Metric.FIRST_REPLY in known or Metric.NEXT_REPLY not in known or post is None:
        return Metric.FIRST_REPLY in known and known[Metric.FIRST_REPLY].fulfilled
    before = Post.id < post.id, Post.robot.is_(False), Post.author_id != case.requester_id
    query = select(Post.id).join(Person, Person.id == Post.author_id).where(*public(case), *before)
    return db.session.scalar(query.where(Person.role.in_(TEAM_ROLES)).limit(1)) is not None


def aim(case: Case, *, anew: bool = False) -> None:
    """Find out what is promised of a case, and if that is something else now, measure it anew from its start.

    ``anew`` says to do so in any case. Of a pending case nothing is promised, nor of one that was opened elsewhere.
    """
    if case.confirmed_at is None or (case.sla_version_id is None and is_nothing_promised()):
        return
    version, begun = fitting_version(case), metrics_of(case) if case.sla_version_id else []
    targets = targets_for(version.targets if version else [], case.priority)
    same = case.sla_version_id == (version.id if version else None)
    if not anew and same and {one.target_id for one in begun} <= {one.id for one in targets.values()}:
        return
    moments = moments_of(case)
    if moments:
        case.sla_version_id = version.id if version else None
        _drop(one for one in begun if one.metric not in targets)
        _measure_anew(case, clocks(case, targets, {one.metric: one for one in begun}), moments)


def _measure_anew(case: Case, clocks: Sequence[Clock], moments: Sequence[Moment]) -> None:
    """What was breached, and is so by what is promised now, was told of already."""
    breached = [clock for clock in clocks if clock.begun and clock.metric.breached_at]
    for clock in clocks:
        clock.clear()
    _tell(case, clocks, moments, told=[clock.measures for clock in breached])
    for clock in breached:
        clock.miss(now())


def _tell(case: Case, clocks: Sequence[Clock], moments: Iterable[Moment], told: Iterable[Metric] = ()) -> None:
    """Let each clock know of each moment, and tell of what ended too late, unless that was told."""
    before = {*told, *(clock.measures for clock in clocks if clock.metric.breached_at)}
    for moment in moments:
        for clock in clocks:
            tell(clock, moment)
    db.session.add_all(clock.metric for clock in clocks if clock.begun)
    _drop(clock.metric for clock in clocks if not clock.begun and clock.metric.id)
    for clock in clocks:
        if clock.metric.breached_at and clock.measures not in before:
            tell_of_breach(case, clock.metric)


def tell_of_breach(case: Case, metric: SlaMetric) -> None:
    """Say that a promise was not kept."""
    target, due = metric.target, metric.due_at
    policy = target.version.policy_id
    new = {"metric": metric.metric, "policy": policy, "due_at": due.isoformat() if due else None}
    record(case, "sla_breached", by=None, new={**new, "goal": target.goal, "hours": target.hours})


def _drop(metrics: Iterable[SlaMetric]) -> None:
    for one in metrics:
        db.session.delete(one)


def forget_metrics(case: Case) -> None:
    """The case is going to be removed."""
    gone = sa.delete(SlaMetric).where(SlaMetric.case_id == case.id)
    db.session.execute(gone, execution_options={"synchronize_session": False})
