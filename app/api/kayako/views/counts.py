"""How many cases views find, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.auth import caller
from app.api.kayako.resources import Json, Ref, Resource, Shape, a_number, a_thing
from app.api.kayako.views.views import AnyView
from app.cases.filters import filtered
from app.cases.selection import Selection


class CountShape(Shape):
    """How many cases a view finds."""

    view = a_thing()
    total_count = a_number()


def _counts(rows: Sequence[tuple[int, AnyView]], _optional: Collection[str]) -> list[Json]:
    me = caller().person
    return [
        {"view": Ref("view", number, row=view), "total_count": Selection(filtered(view, me=me)).count()}
        for number, view in rows
    ]


COUNT = Resource("view_count", CountShape, _counts)
