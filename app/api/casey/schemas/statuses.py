"""What is said about statuses of the operator's own."""

from app.api.casey.schemas.fields import Strict, flag, line, one_of, whole
from app.cases.models import Status
from app.cases.statuses import LONGEST_LABEL

FARTHEST = 10_000


class NewStatus(Strict):
    """Body of POST /statuses."""

    label = line(LONGEST_LABEL, required=True, like="Waiting for parts")
    base = one_of(Status, required=True)
    sort_order = whole(0, FARTHEST, load_default=0)
    sla_active = flag(load_default=True)


class StatusChange(Strict):
    """Body of PATCH /statuses/{label}."""

    label = line(LONGEST_LABEL, like="Waiting for parts")
    base = one_of(Status)
    sort_order = whole(0, FARTHEST)
    sla_active = flag()
