"""What lists are asked: which page, how long it is, and spans of time."""

from typing import Any

from marshmallow import post_load

from app.api.deskie.schemas.fields import TEXTS, Lenient, Number

LAST_PAGE, LONGEST_PAGE = 500, 100

Json = dict[str, Any]


class Numbered(Lenient):
    """Query of a list with numbered pages. Some integrations count from 0, which is the first page too."""

    page = Number(most=LAST_PAGE, load_default=1, error_messages=TEXTS)
    limit = Number(least=1, most=LONGEST_PAGE, load_default=LONGEST_PAGE, error_messages=TEXTS)

    @post_load
    def _first(self, asked: Json, **_: Any) -> Json:
        return {**asked, "page": max(asked["page"], 1)}
