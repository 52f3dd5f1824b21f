"""What is said about ratings."""

from app.api.deskie.schemas.fields import Lenient, number, one_of, text
from app.cases.ratings import LONGEST_COMMENT, Score


class Rate(Lenient):
    """Body of PUT /cases/{id}/rate/{message}.json, inside of ``rate``."""

    rating = one_of([*Score], required=True)
    rating_comment = text(LONGEST_COMMENT, load_default="")


class CaseRate(Rate):
    """Body of PUT /cases/{id}/rate.json, inside of ``rate``. Whose work it was has two names with the vendor."""

    rating_staff_id = number()
    rated_staff_id = number()
