"""Tags on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_number, a_text
from app.cases.known_labels import labels_by_id
from app.cases.labels import Label


class TagShape(Shape):
    """A tag."""

    id = a_number()
    name = a_text()


def tag_ref(label: Label) -> Ref:
    """A reference to a tag that is at hand."""
    return Ref("tag", label.id, row=label)


def _tags(rows: Sequence[Label], _optional: Collection[str]) -> list[Json]:
    return [{"id": one.id, "name": one.name} for one in rows]


TAG = Resource("tag", TagShape, _tags, labels_by_id)
