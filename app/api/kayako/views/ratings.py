"""Ratings on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_number, a_text, a_thing, reference
from app.api.kayako.views.cases import SCORES
from app.cases.ratings import Rating


class RatingShape(Shape):
    """What somebody thought of a case, or of a message on it."""

    id = a_number()
    score = a_text("GOOD or BAD.")
    comment = a_text()
    case = a_thing()
    post = a_thing("The message, where it is one that was rated.")
    user = a_thing("Who thinks so.")
    agent = a_thing("Whose work it was.")
    created_at = a_moment()
    updated_at = a_moment()


def _ratings(rows: Sequence[Rating], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "score": SCORES.get(one.score),
            "comment": one.comment,
            "case": reference("case", one.case_id),
            "post": reference("post", one.post_id),
            "user": reference("user", one.person_id),
            "agent": reference("user", one.rated_id),
            "created_at": one.created_at,
            "updated_at": one.created_at,
        }
        for one in rows
    ]


RATING = Resource("rating", RatingShape, _ratings)
