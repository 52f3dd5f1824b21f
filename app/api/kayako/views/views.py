"""Views on Kayako's wire: saved filters of cases, those that come with Casey first."""

from collections.abc import Collection, Mapping, Sequence

from app.api.auth import caller
from app.api.kayako.resources import (
    Json,
    Resource,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_text,
    a_thing,
    reference,
    things,
)
from app.cases.filters import BUILT_IN, BuiltIn, SavedFilter, filters_for

# The filters that come with Casey have the first numbers, saved ones come far behind.
NUMBERS: Mapping[str, int] = {key: number for number, key in enumerate(BUILT_IN, 1)}
OWN = 100
TYPES: Mapping[str, str] = {"open": "INBOX", "spam": "SUSPENDED", "trash": "TRASH"}
USUAL_ORDER = "-created_at"

AnyView = BuiltIn | SavedFilter


class ViewShape(Shape):
    """A view."""

    id = a_number()
    title = a_text()
    type = a_text("INBOX, SUSPENDED, TRASH or CUSTOM.")
    visibility_type = a_text("ALL or SELF.")
    agent = a_thing("Whose it is.")
    visibility_to_teams = things()
    columns = things("None: whole cases are shown.")
    predicate_collections = things("None: what narrows a view is set by the native API.")
    order_by_column = a_text()
    order_by = a_text("ASC or DESC.")
    sort_order = a_number()
    is_default = a_flag()
    is_system = a_flag()
    is_enabled = a_flag()
    realtime_channel = a_text(none=True)
    created_at = a_moment()
    updated_at = a_moment()


def every_view() -> dict[int, AnyView]:
    """What the caller may see, by its numbers."""
    saved = {OWN + one.id: one for one in filters_for(caller().person)}
    return {**{NUMBERS[key]: one for key, one in BUILT_IN.items()}, **saved}


def view_id(view: AnyView) -> int:
    """The number of a view."""
    return NUMBERS[view.key] if isinstance(view, BuiltIn) else OWN + view.id


def _views(rows: Sequence[AnyView], _optional: Collection[str]) -> list[Json]:
    return [_view(one) for one in rows]


def _view(view: AnyView) -> Json:
    built_in = isinstance(view, BuiltIn)
    sort = str(view.query.get("sort", USUAL_ORDER))
    return {
        "id": view_id(view),
        "title": view.name,
        "type": TYPES.get(view.key, "CUSTOM") if isinstance(view, BuiltIn) else "CUSTOM",
        "visibility_type": "ALL" if isinstance(view, BuiltIn) or view.shared else "SELF",
        "agent": reference("user", view.owner_id) if isinstance(view, SavedFilter) else None,
        "visibility_to_teams": [],
        "columns": [],
        "predicate_collections": [],
        "order_by_column": sort.removeprefix("-"),
        "order_by": "DESC" if sort.startswith("-") else "ASC",
        "sort_order": view_id(view),
        "is_default": isinstance(view, BuiltIn) and view.key == "open",
        "is_system": built_in,
        "is_enabled": True,
        "realtime_channel": None,
        "created_at": view.created_at if isinstance(view, SavedFilter) else None,
        "updated_at": view.updated_at if isinstance(view, SavedFilter) else None,
    }


def _loaded(ids: Collection[int]) -> Mapping[int, AnyView]:
    return {number: one for number, one in every_view().items() if number in ids}


VIEW = Resource("view", ViewShape, _views, _loaded, path="views/{}")
