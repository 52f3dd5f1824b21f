"""A live account that speaks Kayako's protocol: lists whose pages tell by a header where the next one is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from requests import Response

from app.takeover.answers import Json, NotRead, as_json
from app.takeover.source import AT_ONCE, Source

# By which of them the next page is asked for, of lists that are read along their order and of all others.
PLACES = ("after_id", "offset")
MOST_PAGES = 100_000


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and at which place the next ones stand; nowhere at the end."""

    rows: list[Json]
    following: Json


class KayakoSource(Source):
    """Reads one account of Kayako."""

    vendor = "Kayako"
    example = "https://shop.kayako.com"
    prefix = "/api/v1"
    ids = ("id",)

    def pages(self, path: str, place: Json | None = None, **asked: Any) -> Iterator[Page]:
        """The pages of a list, from a place on. Raises NotRead for one that never ends."""
        seen: set[str] = set()
        while place != {}:
            page = self.asked(path, self._page, {**asked, "limit": AT_ONCE, **(place or {})})
            yield page
            place = page.following if page.rows else {}
            if str(place) in seen or len(seen) == MOST_PAGES:
                raise NotRead(f"{self.url} answers at {path} with pages that never come to an end.")
            seen.add(str(place))

    def rows(self, path: str, **asked: Any) -> Iterator[Json]:
        """The rows of a list."""
        for page in self.pages(path, **asked):
            yield from page.rows

    def _page(self, response: Response) -> Page:
        rows = as_json(response, self.vendor).get("data")
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise NotRead(
                f'{response.url} does not answer with a list of objects as "data". Is it the address of an account?'
            )
        return Page(rows, _place(response.links.get("next", {}).get("url", "")))


def _place(url: str) -> Json:
    """Where the next page is. Of the address that the account names, nothing but a number is used."""
    try:
        query = parse_qs(urlsplit(url).query)
    except ValueError:
        return {}
    found = {name: query[name][0] for name in PLACES if name in query and query[name][0].isdecimal()}
    return dict([*found.items()][:1])
