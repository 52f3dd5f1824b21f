"""Service levels on Kayako's wire: what is promised, when the house works, and how a promise is kept in a case."""

from collections.abc import Collection, Mapping, Sequence

from marshmallow import fields

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text, a_thing, reference
from app.api.kayako.words import LEVELS
from app.sla.business_hours import hours_numbered
from app.sla.models import BusinessHours, Hours, Metric, SlaMetric, SlaPolicy, SlaTarget, SlaVersion
from app.sla.queries import policies_numbered, versions_numbered

METRICS: Mapping[Metric, str] = {
    Metric.FIRST_REPLY: "FIRST_REPLY_TIME",
    Metric.NEXT_REPLY: "NEXT_REPLY_TIME",
    Metric.RESOLUTION: "RESOLUTION_TIME",
}
HOURS: Mapping[Hours, str] = {Hours.BUSINESS: "BUSINESS_HOURS", Hours.CALENDAR: "CALENDAR_HOURS"}


class TargetShape(Shape):
    """Within how many seconds something is to be done."""

    id = a_number()
    type = a_text("FIRST_REPLY_TIME, NEXT_REPLY_TIME or RESOLUTION_TIME.")
    priority = a_thing("The priority it is for; null: all that have none of their own.")
    goal_in_seconds = a_number()
    operational_hours = a_text("BUSINESS_HOURS or CALENDAR_HOURS.")


class VersionShape(Shape):
    """What was promised of a case when it was opened."""

    id = a_number()
    title = a_text()
    description = a_text()
    filters = fields.Dict(metadata={"description": "Of which cases, as the native list is asked."})
    metrics = fields.List(fields.Dict())
    created_at = a_moment()


class MetricShape(Shape):
    """How a promise is kept in a case."""

    id = a_number()
    metric_type = a_text()
    stage = a_text("ACTIVE, PAUSED or COMPLETED.")
    is_breached = a_flag()
    due_at = a_moment()
    started_at = a_moment()
    completed_at = a_moment()
    last_paused_at = a_moment()
    target = a_thing()


class SlaShape(Shape):
    """A policy as it is in force."""

    id = a_number()
    title = a_text()
    description = a_text()
    execution_order = a_number()
    is_enabled = a_flag()
    predicate_collections = fields.List(fields.Dict(), metadata={"description": "Always empty; see filters."})
    filters = fields.Dict(metadata={"description": "Of which cases, as the native list is asked."})
    metrics = fields.List(fields.Dict())
    created_at = a_moment()
    updated_at = a_moment()


class HoursShape(Shape):
    """When somebody works."""

    id = a_number()
    title = a_text()
    zone = a_text(none=True)
    zones = fields.Dict(metadata={"description": "For each weekday, spans of opening."})
    holidays = fields.List(fields.Dict())
    is_default = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


def _targets(rows: Sequence[SlaTarget], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "type": METRICS[one.metric],
            "priority": reference("case_priority", LEVELS[one.priority]) if one.priority else None,
            "goal_in_seconds": one.goal,
            "operational_hours": HOURS[one.hours],
        }
        for one in rows
    ]


def _promised(version: SlaVersion) -> Json:
    return {
        "title": version.title,
        "description": version.description,
        "filters": version.query,
        "metrics": [target_ref(one) for one in version.targets],
    }


def target_ref(target: SlaTarget) -> Ref:
    """A reference to a target, which is at hand."""
    return Ref("sla_version_target", target.id, row=target)


def _versions(rows: Sequence[SlaVersion], _optional: Collection[str]) -> list[Json]:
    return [{"id": one.id, **_promised(one), "created_at": one.created_at} for one in rows]


def _metrics(rows: Sequence[SlaMetric], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "metric_type": METRICS[one.metric],
            "stage": one.stage.upper(),
            "is_breached": one.breached_at is not None,
            "due_at": one.due_at,
            "started_at": one.started_at,
            "completed_at": one.completed_at,
            "last_paused_at": one.paused_at,
            "target": target_ref(one.target),
        }
        for one in rows
    ]


def sla_of(version_id: int | None, metrics: Sequence[SlaMetric]) -> Json:
    """What a case tells of what is promised of it."""
    return {
        "sla_version": reference("sla_version", version_id),
        "sla_metrics": [Ref("sla_metric", one.id, row=one) for one in metrics],
    }


def _policies(rows: Sequence[SlaPolicy], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            **_promised(one.version),
            "execution_order": one.sort_order,
            "is_enabled": one.enabled,
            "predicate_collections": [],
            "created_at": one.created_at,
            "updated_at": one.updated_at,
        }
        for one in rows
    ]


def _hours(rows: Sequence[BusinessHours], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "title": one.title,
            "zone": one.time_zone,
            "zones": one.week,
            "holidays": one.holidays,
            "is_default": one.is_default,
            "created_at": one.created_at,
            "updated_at": one.updated_at,
        }
        for one in rows
    ]


SLA = Resource("sla", SlaShape, _policies, policies_numbered, path="slas/{}")
VERSION = Resource("sla_version", VersionShape, _versions, versions_numbered)
TARGET = Resource("sla_version_target", TargetShape, _targets)
METRIC = Resource("sla_metric", MetricShape, _metrics)
BUSINESS_HOURS = Resource("businesshour", HoursShape, _hours, hours_numbered, path="businesshours/{}")
