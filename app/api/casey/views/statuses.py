"""Statuses of the operator's own."""

from app.api.casey.views.shapes import Json, Shape, a_flag, a_number, a_text, a_word
from app.cases.models import CustomStatus, Status


class StatusAnswer(Shape):
    """A status of the operator's own, which behaves like its base."""

    label = a_text()
    base = a_word(Status)
    sort_order = a_number()
    sla_active = a_flag("Whether time counts for service levels while a case is in it.")


def status_view(status: CustomStatus) -> Json:
    """A status of the operator's own."""
    return {name: getattr(status, name) for name in ("label", "base", "sort_order", "sla_active")}
