"""A live account that speaks Deskie's protocol: lists by the numbers of their pages, and spans of time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from app.clock import now
from app.takeover.answers import Json, NotRead
from app.takeover.source import AT_ONCE, Source

LAST_PAGE = 500
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)


class DeskieSource(Source):
    """Reads one account of Deskie."""

    vendor = "Deskie"
    example = "https://shop.deskie.io"
    prefix = "/api"
    ids = ("case_id", "user_id", "staff_id", "group_id")

    def rows(self, path: str, name: str, **asked: Any) -> Iterator[Json]:
        """The rows of a list, page by page."""
        for page in range(1, LAST_PAGE + 1):
            found = rows_in(self.get(path, page=page, limit=AT_ONCE, **asked), name)
            yield from found
            if len(found) < AT_ONCE:
                return

    def windows(self, path: str, since: datetime | None, **asked: Any) -> Iterator[tuple[datetime, datetime]]:
        """Spans of time, from the oldest on, in none of which there is more than a list can be read to its end."""
        start = since or FIRST
        while start < now():
            yield from self._halved(path, start, min(start + YEAR, now() + timedelta(seconds=1)), asked)
            start += YEAR

    def _halved(self, path: str, start: datetime, end: datetime, asked: Json) -> Iterator[tuple[datetime, datetime]]:
        count = self._count(path, **asked, **span(start, end))
        if count >= LAST_PAGE * AT_ONCE and end - start > timedelta(seconds=1):
            middle = start + (end - start) / 2
            yield from self._halved(path, start, middle, asked)
            yield from self._halved(path, middle, end, asked)
        elif count:
            yield start, end

    def _count(self, path: str, **asked: Any) -> int:
        count = self.get(path, limit=1, **asked).get("total_count")
        if not isinstance(count, int):
            raise NotRead(f"{self.url} does not say at {path} how many there are. Is it the address of an account?")
        return count


def span(start: datetime, end: datetime) -> Json:
    """A span of time as a query."""
    return {"from_time": int(start.timestamp()), "to_time": int(end.timestamp())}


def rows_in(page: Json, name: str) -> list[Json]:
    """The rows of a page, which has a number for each. Raises NotRead."""
    try:
        found = [page[key][name] for key in sorted((one for one in page if one.isdecimal()), key=int)]
    except (LookupError, TypeError, ValueError):
        found = [None]
    if not all(isinstance(one, dict) for one in found):
        raise NotRead(f'The account answers with a list whose rows are no objects with the key "{name}".')
    return found
