"""How far the caller has read a case, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_moment, a_number
from app.cases.read_markers import ReadSoFar


class MarkerShape(Shape):
    """How far a case was read."""

    id = a_number()
    last_read_post_id = a_number(none=True)
    last_read_at = a_moment()
    unread_count = a_number("How many posts of others stand behind it.")


def read_marker_ref(found: ReadSoFar) -> Ref | None:
    """A reference to the marker of a case, which is always at hand. Who has read nothing has none yet."""
    return Ref("read_marker", found.id, row=found) if found.id is not None else None


def _markers(rows: Sequence[ReadSoFar], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "last_read_post_id": one.post_id,
            "last_read_at": one.read_at,
            "unread_count": one.unread,
        }
        for one in rows
    ]


READ_MARKER = Resource("read_marker", MarkerShape, _markers)
