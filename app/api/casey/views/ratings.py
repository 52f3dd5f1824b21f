"""What customers thought."""

from app.api.casey.views.persons import PersonBrief, person_brief
from app.api.casey.views.shapes import Json, Shape, a_moment, a_part, a_text, a_uuid, a_word, moment
from app.cases.ratings import Rating, Score


class RatingAnswer(Shape):
    """A rating of a case, or of the message it names."""

    message = a_uuid(null=True)
    person = a_part(PersonBrief, null=True)
    rated = a_part(PersonBrief, null=True)
    score = a_word(Score)
    comment = a_text()
    created_at = a_moment()


def rating_view(rating: Rating) -> Json:
    """A rating of a case, or of the message it names."""
    return {
        "message": str(rating.post.uuid) if rating.post else None,
        "person": person_brief(rating.person),
        "rated": person_brief(rating.rated),
        "score": rating.score,
        "comment": rating.comment,
        "created_at": moment(rating.created_at),
    }
