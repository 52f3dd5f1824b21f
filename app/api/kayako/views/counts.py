"""How many cases views find, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.auth import caller
from app.api.kayako.resources import Json, Ref, Resource, Shape, a_number, a_thing
from app.api.kayako.views.views import AnyView
from app.cases.filter_counts import counts_of


class CountShape(Shape):
    """How many cases a view finds."""

    view = a_thing()
    total_count = a_number("null: it can be asked no longer, such as for a field that was deleted.", none=True)


def _counts(rows: Sequence[tuple[int, AnyView]], _optional: Collection[str]) -> list[Json]:
    counts = counts_of([view for _, view in rows], me=caller().person)
    return [
        {"view": Ref("view", number, row=view), "total_count": count}
        for (number, view), count in zip(rows, counts, strict=True)
    ]


COUNT = Resource("view_count", CountShape, _counts)
