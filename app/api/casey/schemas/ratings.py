"""What is said about ratings."""

from app.api.casey.schemas.fields import Strict, address, one_of, text
from app.cases.ratings import LONGEST_COMMENT, Score


class NewRating(Strict):
    """Body of POST /cases/{uuid}/ratings, and of the same below a message."""

    sender = address(required=True, like="some.user@other.tld", data_key="from")
    score = one_of(Score, required=True)
    comment = text(LONGEST_COMMENT, least=0, load_default="")
