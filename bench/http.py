"""Opening, reading and listing cases over HTTP, beside the same SQL by the bare driver behind a bare Flask route."""

from collections.abc import Iterator

from bench.calling import beside_floor
from bench.measuring import Figure
from bench.place import casey

CALLS = 60


def figures(database_url: str | None) -> Iterator[Figure]:
    """Create, get and list."""
    with casey(database_url, CASEY_API_RATE_LIMIT="1000000") as (app, key), beside_floor(app, key, CALLS) as calls:
        yield calls.create("POST /cases")
        yield calls.get("GET /cases/{uuid}", f"/cases/{calls.casey.last}")
        yield calls.get("GET /cases (50 rows)", "/cases")
