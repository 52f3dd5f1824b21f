"""Labels on Deskie's wire."""

from marshmallow import fields

from app.api.deskie.views.shapes import Json, Shape, a_number, a_text, list_of
from app.cases.labels import Label


class LabelShape(Shape):
    """A label."""

    label_id = a_number()
    label_title = a_text()


LabelList = list_of("label", LabelShape)


class OneLabel(Shape):
    """A label in its envelope."""

    label = fields.Nested(LabelShape, required=True)


def one_label(label: Label) -> Json:
    """A label in its envelope."""
    return {"label": label_row(label)}


def label_row(label: Label) -> Json:
    """A label as a list shows it."""
    return {"label_id": label.id, "label_title": label.name}
