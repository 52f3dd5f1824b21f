"""Labels."""

from app.api.casey.views.shapes import Json, Shape, a_moment, a_number, a_text, moment
from app.cases.labels import Label


class LabelAnswer(Shape):
    """A label, and on how many cases it is."""

    name = a_text()
    cases = a_number()
    created_at = a_moment()


def label_view(label: Label, cases: int) -> Json:
    """A label, and on how many cases it is."""
    return {"name": label.name, "cases": cases, "created_at": moment(label.created_at)}
