"""Lists of which a house has few things, so that they are all at hand."""

from collections.abc import Sequence
from typing import Any

from app.api.kayako.envelope import Many
from app.api.kayako.paging import Offset
from app.api.kayako.resources import Json, Resource


def few(resource: Resource, rows: Sequence[Any], asked: Json) -> Many:
    """The page of them that is asked for."""
    page = Offset.asked(asked)
    return Many(resource, rows[page.skip : page.skip + page.limit], len(rows), page)
