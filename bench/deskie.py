"""Pages of Deskie's list of cases beside the same rows by the native list, and what it costs to count them."""

from collections.abc import Callable, Iterator

from flask import Flask

from app.cases.criteria import in_play, not_merged, standing
from app.cases.models import Status
from app.cases.selection import Selection
from app.extensions import db
from bench.listed import CALLS, listed
from bench.measuring import Figure, compare

PAGE, LAST_PAGE, OPEN = "/api/cases.json", "/api/cases.json?page=500", "/api/cases.json?status=open"


def figures(database_url: str | None) -> Iterator[Figure]:
    """Among as many cases as ``listed`` says."""
    with listed(database_url) as house:
        native = house.native()
        for name, path in (("page of 100", PAGE), ("page 500 of 100", LAST_PAGE), ("status=open", OPEN)):
            yield compare(f"Deskie, {name}", house.uncounted(path), "native page of 100", native)
        for name, selection in _selections().items():
            yield compare(
                f"Deskie, total_count of {name}", _counting(house.app, selection), "native page of 100", native
            )


def _selections() -> dict[str, Selection]:
    listed = [in_play(), not_merged()]
    undone, done = (Status.NEW, Status.OPEN), (Status.RESOLVED, Status.CLOSED)
    return {
        "all": Selection(listed),
        "open ones": Selection([*listed, standing(undone)]),
        "closed ones": Selection([*listed, standing(done)]),
    }


def _counting(app: Flask, selection: Selection) -> Callable[[], int]:
    def count() -> int:
        with app.app_context():
            for _ in range(CALLS):
                selection.count()
            db.session.remove()
        return CALLS

    return count
