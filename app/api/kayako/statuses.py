"""Statuses and priorities, which may be read by anybody."""

from app.api.auth import caller
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.routing import PUBLIC, Answer, Json, route
from app.api.kayako.views.statuses import PRIORITY, STATUS, every_status
from app.api.lenient import Lenient, flag, number, text
from app.cases.models import CustomStatus, Priority, Status
from app.cases.statuses import (
    LONGEST_LABEL,
    create_status,
    delete_status,
    let_time_count,
    rename_status,
    sort_status,
)
from app.errors import Conflict
from app.people.access import Act


class StatusChange(Lenient):
    """Body of PUT /cases/statuses/{status}."""

    label = text(LONGEST_LABEL, least=1)
    is_sla_active = flag()
    sort_order = number()


class NewStatus(StatusChange):
    """Body of POST /cases/statuses."""

    label = text(LONGEST_LABEL, least=1, required=True)
    is_sla_active = flag(load_default=True)


@route("/cases/statuses", "GET", PUBLIC, shows=STATUS, many=True)
def index() -> Answer:
    """Every status."""
    found = every_status()
    return Many(STATUS, found, len(found))


@route("/cases/statuses/<status>", "GET", PUBLIC, shows=STATUS)
def show(status: str) -> Answer:
    """One status."""
    return one_at(STATUS, status)


@route("/cases/statuses", "POST", Act.CHANGE_STATUSES, takes=NewStatus, shows=STATUS, status=201, scope="configuration")
def create(new: Json) -> Answer:
    """Make a status of the operator's own."""
    order, active = new.get("sort_order", 0), new["is_sla_active"]
    made = create_status(new["label"], Status.OPEN, sort_order=order, sla_active=active, by=caller().person)
    return One(STATUS, made)


@route("/cases/statuses/<status>", "PUT", Act.CHANGE_STATUSES, takes=StatusChange, shows=STATUS, scope="configuration")
def change(status: str, new: Json) -> Answer:
    """Change a status of the operator's own."""
    found, by = _own(status), caller().person
    if "label" in new:
        rename_status(found, new["label"], by=by)
    if "is_sla_active" in new:
        let_time_count(found, new["is_sla_active"], by=by)
    if "sort_order" in new:
        sort_status(found, new["sort_order"], by=by)
    return One(STATUS, found)


@route("/cases/statuses/<status>", "DELETE", Act.CHANGE_STATUSES, scope="configuration")
def delete(status: str) -> Answer:
    """Delete a status of the operator's own. Cases that have it are at its base from now on."""
    delete_status(_own(status), by=caller().person)
    return Done()


def _own(status: str) -> CustomStatus:
    found = found_at(STATUS, status)
    if not isinstance(found, CustomStatus) or found.deleted_at:
        raise Conflict("This status comes with Casey, or was deleted; it stays as it is.")
    return found


@route("/cases/priorities", "GET", PUBLIC, shows=PRIORITY, many=True)
def priorities() -> Answer:
    """Every priority."""
    return Many(PRIORITY, [*Priority], len(Priority))


@route("/cases/priorities/<priority>", "GET", PUBLIC, shows=PRIORITY)
def priority(priority: str) -> Answer:
    """One priority."""
    return one_at(PRIORITY, priority)
