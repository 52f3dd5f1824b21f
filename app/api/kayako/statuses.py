"""Statuses and priorities, which may be read by anybody."""

from app.api.kayako.envelope import Many
from app.api.kayako.finding import one_at
from app.api.kayako.routing import PUBLIC, Answer, route
from app.api.kayako.views.statuses import PRIORITY, STATUS, every_status
from app.cases.models import Priority


@route("/cases/statuses", "GET", PUBLIC, shows=STATUS, many=True)
def index() -> Answer:
    """Every status."""
    found = every_status()
    return Many(STATUS, found, len(found))


@route("/cases/statuses/<status>", "GET", PUBLIC, shows=STATUS)
def show(status: str) -> Answer:
    """One status."""
    return one_at(STATUS, status)


@route("/cases/priorities", "GET", PUBLIC, shows=PRIORITY, many=True)
def priorities() -> Answer:
    """Every priority."""
    return Many(PRIORITY, [*Priority], len(Priority))


@route("/cases/priorities/<priority>", "GET", PUBLIC, shows=PRIORITY)
def priority(priority: str) -> Answer:
    """One priority."""
    return one_at(PRIORITY, priority)
