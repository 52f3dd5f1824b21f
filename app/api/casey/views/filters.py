"""Saved filters."""

from app.api.casey.views.shapes import Json, Shape, a_flag, a_moment, a_text, an_object, moment
from app.cases.filters import BuiltIn, SavedFilter


class FilterAnswer(Shape):
    """A filter."""

    key = a_text(help="A word for those that come with Casey, else a UUID.")
    name = a_text()
    query = an_object("Parameters of the list of cases.")
    built_in = a_flag()
    shared = a_flag("Whether the whole team sees it.")
    created_at = a_moment(null=True)


def filter_view(found: SavedFilter | BuiltIn) -> Json:
    """A filter, with what it asks of the list of cases."""
    saved = found if isinstance(found, SavedFilter) else None
    return {
        "key": str(found.uuid) if isinstance(found, SavedFilter) else found.key,
        "name": found.name,
        "query": dict(found.query),
        "built_in": saved is None,
        "shared": saved is None or saved.shared,
        "created_at": moment(saved.created_at) if saved else None,
    }
