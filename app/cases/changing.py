"""Changing a case: one table of what can be changed, and by which verb."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from uuid import UUID

from app.cases.assignment import assign_case, assign_team
from app.cases.facts import (
    change_category,
    change_language,
    change_requester,
    change_subject,
    change_type,
    merge_meta,
)
from app.cases.field_values import fill_case_fields
from app.cases.forms import change_form_of_case
from app.cases.models import Case
from app.cases.priority import change_priority
from app.cases.queries import case_by_uuid
from app.cases.statuses import change_custom_status, move_case
from app.people.models import Person
from app.people.persons import person_by_uuid
from app.people.teams import team_by_uuid

# What is named by its uuid, by the words that calls have for it.
FOUND_BY: Mapping[str, Callable[[UUID], Any]] = {
    "requester": person_by_uuid,
    "assignee": person_by_uuid,
    "person": person_by_uuid,
    "team": team_by_uuid,
    "into": case_by_uuid,
}


class Change(Protocol):
    """A verb that changes one thing about a case, and nothing where it is so already."""

    def __call__(self, case: Case, value: Any, /, *, by: Person | None) -> None: ...


# In the order in which they are done: what is said of a case, where it stands, who answers for it.
CHANGES: Mapping[str, Change] = {
    "subject": change_subject,
    "type": change_type,
    "category": change_category,
    "language": change_language,
    "meta": merge_meta,
    "form": change_form_of_case,
    "custom_fields": fill_case_fields,
    "priority": change_priority,
    "status": move_case,
    "custom_status": change_custom_status,
    "requester": change_requester,
    "assignee": assign_case,
    "team": assign_team,
}


def change_case(case: Case, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change what is named, by the verb of each; what is so already is left alone, and nothing is recorded of it."""
    for name, change in CHANGES.items():
        if name in changes:
            change(case, changes[name], by=by)
