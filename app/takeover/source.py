"""A live account elsewhere, as we read it whatever its protocol is."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

import requests

from app.errors import Busy, Invalid
from app.files.fetching import SECONDS as FETCHING
from app.files.fetching import Unfetchable, fetch
from app.files.kept import Kept
from app.patience import Patience
from app.takeover.answers import Json, as_file, as_json, seconds_in

T = TypeVar("T")

TRIES = 5
SECONDS = 60
AT_ONCE = 100
MOST_REDIRECTS = 3


class SourceAway(Busy):
    """The account cannot be spoken to."""

    code = "source_away"


class Source:
    """Reads one account: as often as its limit allows, and again when an answer does not come.

    It is the only one to be told who we are, and what it answers leads nowhere by itself. ``ids`` are the members by
    which a row says which one it is.
    """

    vendor: ClassVar[str]
    example: ClassVar[str]
    prefix: ClassVar[str]
    ids: ClassVar[Sequence[str]]

    def __init__(self, url: str, email: str, key: str, wait: Callable[[float], None] = time.sleep) -> None:
        self.url = url.rstrip("/")
        if not _is_address(self.url):
            raise Invalid(f"The address of the account must be a whole one, such as {self.example}.")
        self.wait = wait
        self.session = requests.Session()
        self.session.auth = (email, key)

    def get(self, path: str, **asked: Any) -> Json:
        """What stands at an address of the API. Raises Unauthorized, SourceAway, or NotRead for what it refuses."""
        return self.asked(path, partial(as_json, vendor=self.vendor), asked)

    def asked(self, path: str, take: Callable[[requests.Response], T], query: Json) -> T:
        """What is taken of the answer at an address of the API."""
        return self._answer(f"{self.url}{self.prefix}{path}", take=take, params=query)

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
