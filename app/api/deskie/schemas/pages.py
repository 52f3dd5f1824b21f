"""Which part of a list is asked for."""

from typing import Any

from app.api.deskie.schemas.fields import Lenient, number
from app.listing.numbered import Numbered

LAST_PAGE, MOST = 500, 100

Json = dict[str, Any]


class Paged(Lenient):
    """Query of a list that is read page by page."""

    page = number(most=LAST_PAGE, load_default=1)
    limit = number(least=1, most=MOST, load_default=MOST)


class Latest(Lenient):
    """Query of a list whose last hundred entries are shown, unless a page is asked for."""

    page = number(most=LAST_PAGE)
    limit = number(least=1, most=MOST)


def page_asked(asked: Json) -> Numbered:
    """The page that is asked for. Some clients begin with page 0, which is the first one, too."""
    return Numbered(max(asked.get("page", 1), 1), asked.get("limit", MOST))


def skipped(asked: Json, total: int, *, backwards: bool = False) -> int:
    """How many entries stand before those that are asked for.

    Without a page the last ones are meant; a list that is read ``backwards`` begins with them.
    """
    if "page" in asked or "limit" in asked:
        return page_asked(asked).before
    return 0 if backwards else max(total - MOST, 0)
