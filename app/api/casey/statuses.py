"""Statuses of the operator's own."""

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.statuses import NewStatus, StatusChange
from app.api.casey.views.shapes import page, page_of
from app.api.casey.views.statuses import StatusAnswer, status_view
from app.cases.statuses import (
    create_status,
    delete_status,
    let_time_count,
    rebase_status,
    rename_status,
    sort_status,
    status_by_label,
    statuses,
)
from app.people.access import Act


@route("/statuses", "GET", Act.READ_CASES, answers=page_of(StatusAnswer))
def index() -> Answer:
    """All of them, by their order."""
    return page([status_view(one) for one in statuses()], None)


@route("/statuses", "POST", Act.CHANGE_STATUSES, takes=NewStatus, answers=StatusAnswer, status=201)
def create(new: Json) -> Answer:
    """Make a status. One that was deleted comes back, to the cases that have it too."""
    return status_view(create_status(new.pop("label"), new.pop("base"), **new, by=caller().person))


@route("/statuses/<path:label>", "GET", Act.READ_CASES, answers=StatusAnswer)
def show(label: str) -> Answer:
    """One status."""
    return status_view(status_by_label(label))


@route("/statuses/<path:label>", "PATCH", Act.CHANGE_STATUSES, takes=StatusChange, answers=StatusAnswer)
def change(label: str, new: Json) -> Answer:
    """Give a status another label or place, let time count in it or not, or, while no case has it, change its base."""
    status, by = status_by_label(label), caller().person
    if "label" in new:
        rename_status(status, new["label"], by=by)
    if "base" in new:
        rebase_status(status, new["base"], by=by)
    if "sort_order" in new:
        sort_status(status, new["sort_order"], by=by)
    if "sla_active" in new:
        let_time_count(status, new["sla_active"], by=by)
    return status_view(status)


@route("/statuses/<path:label>", "DELETE", Act.CHANGE_STATUSES, answers=StatusAnswer)
def delete(label: str) -> Answer:
    """Delete a status. Cases that have it are at its base from now on."""
    status = status_by_label(label)
    delete_status(status, by=caller().person)
    return status_view(status)
