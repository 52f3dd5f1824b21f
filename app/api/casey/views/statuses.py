"""Statuses of the operator's own."""

from app.api.casey.views.shapes import Json, Shape, a_number, a_text, a_word
from app.cases.models import CustomStatus, Status


class StatusAnswer(Shape):
    """A status of the operator's own, which behaves like its base."""

    label = a_text()
    base = a_word(Status)
    sort_order = a_number()


def status_view(status: CustomStatus) -> Json:
    """A status of the operator's own."""
    return {"label": status.label, "base": status.base, "sort_order": status.sort_order}
