"""How much a case presses."""

from app.cases.models import Case, Priority
from app.events import record
from app.people.models import Person


def change_priority(case: Case, priority: Priority, *, by: Person | None) -> None:
    """Say how much the case presses. The priority it has already changes nothing."""
    if case.priority is not priority:
        was, case.priority = case.priority, priority
        record(case, "priority_changed", by=by, old=was, new=priority)
