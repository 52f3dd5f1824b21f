"""Which part of a list is asked for."""

from typing import Any

from app.api.deskie.schemas.fields import Lenient, number

LAST_PAGE = 500
MOST = 100

Json = dict[str, Any]


class Latest(Lenient):
    """Query of a list whose last hundred entries are shown, unless a page is asked for."""

    page = number(most=LAST_PAGE)
    limit = number(least=1, most=MOST)


def skipped(asked: Json, total: int, *, backwards: bool = False) -> int:
    """How many entries stand before those that are asked for. Page 0 is the first one, too.

    Without a page the last ones are meant; a list that is read ``backwards`` begins with them.
    """
    if "page" in asked or "limit" in asked:
        page: int = asked.get("page", 1)
        return (max(page, 1) - 1) * limit_of(asked)
    return 0 if backwards else max(total - MOST, 0)


def limit_of(asked: Json) -> int:
    """How many entries are asked for."""
    found: int = asked.get("limit", MOST)
    return found
