"""A live account that speaks Deskie's protocol, as we read it."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from app.clock import now
from app.errors import Busy, Invalid
from app.files.fetching import SECONDS as FETCHING
from app.files.fetching import Unfetchable, fetch
from app.files.kept import Kept
from app.patience import Patience
from app.takeover.answers import NotRead, as_file, as_json, seconds_in

Json = dict[str, Any]
T = TypeVar("T")

TRIES = 5
SECONDS = 60
AT_ONCE = 100
LAST_PAGE = 500
MOST_REDIRECTS = 3
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)


class SourceAway(Busy):
    """The account cannot be spoken to."""

    code = "source_away"


class Source:
    """Reads one account: as often as its limit allows, and again when an answer does not come.

    It is the only one to be told who we are, and what it answers leads nowhere by itself.
    """

    def __init__(self, url: str, email: str, key: str, wait: Callable[[float], None] = time.sleep) -> None:
        self.url = url.rstrip("/")
        if not _is_address(self.url):
            raise Invalid("The address of the account must be a whole one, such as https://shop.deskie.io.")
        self.wait = wait
        self.session = requests.Session()
        self.session.auth = (email, key)

    def get(self, path: str, **asked: Any) -> Json:
        """What stands at an address below /api. Raises Unauthorized, SourceAway, or NotRead for what it refuses."""
        return self._answer(f"{self.url}/api{path}", take=as_json, params=asked)

    def _answer(self, url: str, *, take: Callable[[requests.Response], T], **options: Any) -> T:
        """What is taken of an answer that counts: not that the limit is reached, or that the server is in trouble."""
        asking: Any = {"timeout": SECONDS, "stream": True, "allow_redirects": False, **options}
        for attempt in range(TRIES):
            seconds = 2.0**attempt
            try:
                with self.session.get(url, **asking) as response:
                    if response.status_code != 429 and response.status_code < 500:
                        return take(response)
                    if response.status_code == 429:
                        seconds = seconds_in(response, SECONDS)
            except requests.RequestException:
                pass
            self.wait(seconds)
        raise SourceAway(f"{self.url} does not answer. Run the command again: it goes on where it stopped.")

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

    def file(self, url: str) -> Kept | None:
        """The content of a file; None for one that cannot be had, or is too large.

        What stands elsewhere, or leads there, is fetched as whatever strangers name: from public addresses alone.
        """
        for _ in range(MOST_REDIRECTS + 1):
            if urlsplit(url)[:2] != urlsplit(self.url)[:2]:
                return _fetched(url)
            found = self._answer(url, take=as_file)
            if not isinstance(found, str):
                return found
            url = found
        return None


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query


def _fetched(url: str) -> Kept | None:
    try:
        with Patience(FETCHING) as patience:
            return fetch(url, patience).content
    except Unfetchable:
        return None


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
