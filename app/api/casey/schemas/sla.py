"""What is said about policies of service levels."""

from typing import Any

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, flag, line, one_of, text, whole
from app.api.casey.schemas.filters import list_query
from app.cases.models import Priority
from app.sla.models import Hours, Metric
from app.sla.policies import LONGEST_GOAL

LONGEST_TITLE, LONGEST_DESCRIPTION = 200, 10_000
MOST_TARGETS = len(Metric) * (len(Priority) + 1)
FARTHEST = 10_000


class Target(Strict):
    """Within how many seconds, of which time; of a priority, or of all that have no target of their own."""

    metric = one_of(Metric, required=True)
    priority = one_of(Priority, allow_none=True, load_default=None)
    goal = whole(1, LONGEST_GOAL, required=True, metadata={"examples": [14_400], "description": "In seconds."})
    hours = one_of(Hours, load_default=Hours.BUSINESS)


def _targets(**options: Any) -> fields.List[Any]:
    return fields.List(
        fields.Nested(Target, error_messages={"type": "This must be a JSON object."}),
        validate=validate.Length(1, MOST_TARGETS, error=f"There must be 1 to {MOST_TARGETS} targets."),
        error_messages={**TEXTS, "invalid": "This must be an array of targets."},
        **options,
    )


class NewPolicy(Strict):
    """Body of POST /sla-policies."""

    title = line(LONGEST_TITLE, required=True, like="Standard")
    description = text(LONGEST_DESCRIPTION, least=0, load_default="")
    query = list_query(load_default=dict, metadata={"examples": [{"tag": "vip"}]})
    targets = _targets(required=True)
    sort_order = whole(0, FARTHEST, load_default=0)
    enabled = flag(load_default=True)


class PolicyChange(Strict):
    """Body of PATCH /sla-policies/{uuid}."""

    title = line(LONGEST_TITLE, like="Standard")
    description = text(LONGEST_DESCRIPTION, least=0)
    query = list_query()
    targets = _targets()
    sort_order = whole(0, FARTHEST)
    enabled = flag()
