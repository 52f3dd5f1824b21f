"""Timelines as lists that are read along their order, from the latest entry back."""

from collections.abc import Sequence

from app.api.kayako.envelope import Many, Place
from app.api.kayako.paging import limit_of
from app.api.kayako.resources import Json, Resource
from app.cases.models import Case
from app.cases.timeline_pages import Kinds, number_of, timeline_page

# Everything stands before this place, so that the oldest entries are those next to it.
END = 0


def along(case: Case, kinds: Sequence[Kinds], asked: Json, resource: Resource) -> Many:
    """A page of the timeline of a case, as things of this kind."""
    limit = limit_of(asked)
    page = timeline_page(case, kinds, after=asked.get("after_id"), before=asked.get("before_id"), limit=limit)
    numbers = [number_of(one) for one in page.entries]
    after = numbers[-1] if numbers and page.older else None
    before = numbers[0] if numbers and page.newer else None
    return Many(resource, page.entries, page.total, Place(limit, after, before, END))
