"""What was thought of a case or of a message, on Deskie's wire."""

from app.api.deskie.views.shapes import Json
from app.cases.ratings import Rating


def told_rating(rating: Rating | None) -> Json:
    """The members that tell of it; none where nobody has said."""
    if rating is None:
        return {}
    return {"rating": rating.score, "rating_comment": rating.comment, "rated_staff_id": rating.rated_id or 0}
