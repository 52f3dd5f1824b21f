"""How many cases views find, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.auth import caller
from app.api.kayako.resources import Json, Ref, Resource, Shape, a_number, a_thing
from app.api.kayako.views.views import AnyView
from app.cases.filters import filtered
from app.cases.selection import Selection
from app.errors import Invalid


class CountShape(Shape):
    """How many cases a view finds."""

    view = a_thing()
    total_count = a_number("null: it can be asked no longer, such as for a field that was deleted.", none=True)


def _counts(rows: Sequence[tuple[int, AnyView]], _optional: Collection[str]) -> list[Json]:
    return [{"view": Ref("view", number, row=view), "total_count": _count(view)} for number, view in rows]


def _count(view: AnyView) -> int | None:
    try:
        return Selection(filtered(view, me=caller().person)).count()
    except Invalid:
        return None


COUNT = Resource("view_count", CountShape, _counts)
