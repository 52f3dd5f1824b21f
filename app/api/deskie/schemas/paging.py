"""What is asked of a list that is read page by page."""

from typing import Any

from app.api.deskie.schemas.fields import Lenient, number
from app.listing.numbered import Numbered

MOST_PAGES, MOST_ROWS = 500, 100


class Paged(Lenient):
    """Query of a list. Some clients begin with page 0."""

    page = number(most=MOST_PAGES, load_default=1)
    limit = number(least=1, most=MOST_ROWS, load_default=MOST_ROWS)


def page_asked(asked: dict[str, Any]) -> Numbered:
    """The page that is asked for."""
    return Numbered(max(asked["page"], 1), asked["limit"])
