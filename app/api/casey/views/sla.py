"""Policies of service levels, and how each case keeps to them."""

from collections.abc import Mapping

from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_part,
    a_text,
    a_uuid,
    a_word,
    an_object,
    many,
    moment,
)
from app.cases.models import Priority
from app.sla.models import Hours, Metric, SlaMetric, SlaPolicy, SlaVersion, Stage
from app.sla.policies import told_target


class TargetAnswer(Shape):
    """Within how many seconds, of which time."""

    metric = a_word(Metric)
    priority = a_word(Priority, null=True, help="Of all that have no target of their own, where there is none.")
    goal = a_number(help="In seconds.")
    hours = a_word(Hours)


class PolicyAnswer(Shape):
    """What is promised, and of which cases."""

    uuid = a_uuid()
    title = a_text()
    description = a_text()
    query = an_object("Parameters of the list of cases, which finds those that it is for.")
    targets = many(TargetAnswer)
    sort_order = a_number(help="The first policy in this order that is for a case is its policy.")
    enabled = a_flag()
    version = a_number(help="It grows when something else is promised.")
    created_at = a_moment()
    updated_at = a_moment()


def policy_view(policy: SlaPolicy) -> Json:
    """What is promised, and of which cases."""
    version = policy.version
    return {
        "uuid": str(policy.uuid),
        "title": version.title,
        "description": version.description,
        "query": dict(version.query),
        "targets": [told_target(one) for one in version.targets],
        "sort_order": policy.sort_order,
        "enabled": policy.enabled,
        "version": policy.number,
        "created_at": moment(policy.created_at),
        "updated_at": moment(policy.updated_at),
    }


class PolicyBrief(Shape):
    """What was promised of a case, as it was then."""

    uuid = a_uuid()
    title = a_text()
    version = a_number()


class MetricAnswer(Shape):
    """How a promise is kept."""

    metric = a_word(Metric)
    stage = a_word(Stage)
    breached = a_flag("Whether it was due before it was done.")
    due_at = a_moment(null=True, help="None while it is paused, and where it is never due.")
    started_at = a_moment()
    paused_at = a_moment(null=True, help="When it was paused last.")
    completed_at = a_moment(null=True)
    breached_at = a_moment(null=True)
    used = a_number(help="How many seconds of the goal have passed by now.")
    goal = a_number(help="In seconds.")
    hours = a_word(Hours)


class CaseSlaAnswer(Shape):
    """What is promised of a case, and how that is kept."""

    policy = a_part(PolicyBrief, null=True)
    metrics = many(MetricAnswer)


def case_sla_view(version: SlaVersion | None, metrics: list[SlaMetric], used: Mapping[Metric, int]) -> Json:
    """What is promised of a case, and how that is kept."""
    return {
        "policy": _brief(version) if version else None,
        "metrics": [_metric(one, used[one.metric]) for one in metrics],
    }


def _metric(one: SlaMetric, used: int) -> Json:
    moments = ("due_at", "started_at", "paused_at", "completed_at", "breached_at")
    return {
        "metric": one.metric,
        "stage": one.stage,
        "breached": one.breached_at is not None,
        **{name: moment(getattr(one, name)) for name in moments},
        "used": used,
        "goal": one.target.goal,
        "hours": one.target.hours,
    }


def _brief(version: SlaVersion) -> Json:
    return {"uuid": str(version.policy.uuid), "title": version.title, "version": version.number}
