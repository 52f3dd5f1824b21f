"""What answers of Kayako's dialect show: one thing or many under ``data``, and most of them say where they are."""

from typing import Any
from urllib.parse import urlsplit

from app.api.kayako.routing import PREFIX
from tests.e2e.fuzzing.memory import READY, Thing, see, shape

# The end of an address that is about one thing of a list.
LAST = "/{}"


def remember(path: str, whole: Thing, answer: dict[str, Any]) -> None:
    """Remember the things that an answer shows, by where they are, and as parts of what the address is about."""
    found = answer.get("data")
    for row in found if isinstance(found, list) else [found]:
        if isinstance(row, dict) and "id" in row and not _is_own(row):
            _by_its_address(str(row.get("resource_url", "")))
            if not shape(path).endswith(LAST):
                see(shape(path) + LAST, (*whole, str(row["id"])))


def _is_own(row: dict[str, Any]) -> bool:
    """Whoever acts is left out, and so is where he is reached, since nothing may be done to either."""
    return [str(row["id"])] in [[*one] for one in READY.get(f"own {row.get('resource_type')}", ())]


def _by_its_address(url: str) -> None:
    steps = urlsplit(url).path.removeprefix(PREFIX).split("/")
    thing = tuple(one for one in steps if one.isdecimal())
    if thing:
        see("/".join("{}" if one.isdecimal() else one for one in steps), thing)
