"""Changing a case."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.changes import Assignment, CaseChange, Snooze
from app.api.casey.views.cases import CaseAnswer, case_view
from app.api.naming import named
from app.cases.assignment import assign_to
from app.cases.changing import FOUND_BY, change_case
from app.cases.queries import case_for_change
from app.cases.snoozing import snooze_case, wake_case
from app.people.access import Act


@route("/cases/<uuid:uuid>", "PATCH", Act.WRITE_CASES, takes=CaseChange, answers=CaseAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change a case. What is left out stays as it is; ``meta`` is merged key by key."""
    case = case_for_change(uuid)
    change_case(case, _with_rows(new), by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/assign", "POST", Act.WRITE_CASES, takes=Assignment, answers=CaseAnswer)
def assign(uuid: UUID, new: Json) -> Answer:
    """Let a person of the team, a team, or both answer for a case; null takes one away."""
    case = case_for_change(uuid)
    assign_to(case, _with_rows(new), by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/snooze", "POST", Act.WRITE_CASES, takes=Snooze, answers=CaseAnswer)
def snooze(uuid: UUID, new: Json) -> Answer:
    """Put a case off until then: nobody is reminded of it before, unless a customer writes."""
    case = case_for_change(uuid)
    snooze_case(case, new["until"], by=caller().person)
    return case_view(case)


@route("/cases/<uuid:uuid>/unsnooze", "POST", Act.WRITE_CASES, answers=CaseAnswer)
def unsnooze(uuid: UUID) -> Answer:
    """Put a case off no longer. One that is awake stays so."""
    case = case_for_change(uuid)
    wake_case(case, by=caller().person)
    return case_view(case)


def _with_rows(new: Json) -> Json:
    """The same, with the things themselves instead of the UUIDs that name them."""
    return {
        name: named(value, FOUND_BY[name], field=name) if name in FOUND_BY else value for name, value in new.items()
    }
