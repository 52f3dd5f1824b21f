"""A live account that speaks Deskie's protocol, as we read it."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import urlsplit

import requests

from app.clock import now
from app.errors import Busy, CaseyError, Unauthorized
from app.files.fetching import LARGEST
from app.files.kept import Kept
from app.files.storing import PIECE, keep

Json = dict[str, Any]

TRIES = 5
SECONDS = 60
AT_ONCE = 100
LAST_PAGE = 500
FIRST = datetime(2010, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)


class SourceAway(Busy):
    """The account cannot be spoken to."""

    code = "source_away"


class Source:
    """Reads one account: as often as its limit allows, and again when an answer does not come."""

    def __init__(self, url: str, email: str, key: str, wait: Callable[[float], None] = time.sleep) -> None:
        self.url = url.rstrip("/")
        self.wait = wait
        self.session = requests.Session()
        self.session.auth = (email, key)

    def get(self, path: str, **asked: Any) -> Json:
        """What stands at an address below /api. Raises Unauthorized, SourceAway, or CaseyError for what it refuses."""
        response = self._answer(f"{self.url}/api{path}", params=asked)
        if response.status_code in {401, 403}:
            told = f"{self.url} does not take this e-mail address and API key"
            raise Unauthorized(f"{told} (HTTP {response.status_code}).")
        if response.status_code != 200:
            raise CaseyError(f"{self.url} answers {path} with HTTP {response.status_code}: {response.text[:200]}")
        found: Json = response.json()
        return found

    def _answer(self, url: str, **options: Any) -> requests.Response:
        """An answer that counts: neither that the limit is reached, nor that the server is in trouble."""
        for attempt in range(TRIES):
            try:
                response = self.session.get(url, timeout=SECONDS, **options)
            except requests.RequestException:
                self.wait(2**attempt)
                continue
            if response.status_code == 429:
                self.wait(float(response.headers.get("retry_after") or SECONDS))
            elif response.status_code >= 500:
                self.wait(2**attempt)
            else:
                return response
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
        count = self.get(path, limit=1, **asked, **span(start, end))["total_count"]
        if count > LAST_PAGE * AT_ONCE and end - start > timedelta(seconds=1):
            middle = start + (end - start) / 2
            yield from self._halved(path, start, middle, asked)
            yield from self._halved(path, middle, end, asked)
        elif count:
            yield start, end

    def file(self, url: str) -> Kept | None:
        """The content of a file; None for one that cannot be had, or is too large.

        Only our account is told who we are.
        """
        if urlsplit(url)[:2] != urlsplit(self.url)[:2]:
            return None
        response = self._answer(url, stream=True)
        with response, SpooledTemporaryFile(PIECE) as content:
            if response.status_code != 200:
                return None
            for piece in response.iter_content(PIECE):
                content.write(piece)
                if content.tell() > LARGEST:
                    return None
            return keep(content)  # type: ignore[arg-type]


def span(start: datetime, end: datetime) -> Json:
    """A span of time as a query."""
    return {"from_time": int(start.timestamp()), "to_time": int(end.timestamp())}


def rows_in(page: Json, name: str) -> list[Json]:
    """The rows of a page, which has a number for each."""
    return [page[key][name] for key in sorted((one for one in page if one.isdecimal()), key=int)]
