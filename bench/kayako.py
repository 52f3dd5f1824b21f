"""Pages of Kayako's list of cases, with what they name opened and without, beside the same rows by the native list."""

from collections.abc import Iterator

from bench.listed import listed
from bench.measuring import Figure, compare

PAGE = "/api/v1/cases?limit=100"
IMPORTERS = "&include=user,case_priority,case_status,channel,tag,case_type&fields=%2Btags"
PAGES = {
    "page of 100": PAGE,
    "page of 100 with include=*": f"{PAGE}&include=*",
    "page of 100 as importers ask for it": PAGE + IMPORTERS,
    "page 500 of 100": f"{PAGE}&offset=49900",
}


def figures(database_url: str | None) -> Iterator[Figure]:
    """Among as many cases as ``listed`` says. Counting costs what it costs in Deskie's dialect."""
    with listed(database_url) as house:
        native = house.native()
        for name, path in PAGES.items():
            yield compare(f"Kayako, {name}", house.uncounted(path), "native page of 100", native)
