"""What is said of a case, in the words of the verb that changes one."""

from typing import Any

from app.api.kayako.case_types import type_numbered
from app.api.kayako.own_fields import read_values
from app.api.kayako.words import LABELS, LEVELS, NUMBERS, OWN, TYPES
from app.cases.custom_fields import FieldLevel
from app.cases.models import Priority, Status
from app.cases.statuses import statuses_numbered
from app.errors import Invalid
from app.people.persons import person_numbered
from app.people.teams import team_numbered

Json = dict[str, Any]


def facts(new: Json) -> Json:
    """What is said of a case, in the words of ``change_case``."""
    found: Json = {}
    if new.get("subject"):
        found["subject"] = new["subject"]
    if new.get("requester_id"):
        found["requester"] = person_numbered(new["requester_id"], field="requester_id")
    if new.get("field_values"):
        found["custom_fields"] = read_values(FieldLevel.CASE, new["field_values"])
    if "type_id" in new:
        found["type"] = type_numbered(new["type_id"]) if new["type_id"] else None
    return found | _pressing(new) | _standing(new) | _answerable(new)


def _pressing(new: Json) -> Json:
    if "priority_id" in new:
        return {"priority": _priority(new["priority_id"]) if new["priority_id"] else Priority.NORMAL}
    if "priority" in new:
        return {"priority": next(one for one, label in LABELS.items() if label.upper() == new["priority"])}
    return {}


def _priority(level: int) -> Priority:
    for priority, known in LEVELS.items():
        if known == level:
            return priority
    raise Invalid("There is no priority with this id.", field="priority_id")


def _standing(new: Json) -> Json:
    if "status_id" in new:
        return _status(new["status_id"])
    if "status" in new:
        return {"status": next(one for one, kind in TYPES.items() if kind == new["status"])}
    return {}


def _status(number: int) -> Json:
    """One of the five; or one of the operator's own, by its label."""
    core: list[Status] = [one for one, known in NUMBERS.items() if known == number]
    if core:
        return {"status": core[0]}
    own = [one for one in statuses_numbered([number - OWN]) if not one.deleted_at] if number > OWN else []
    if not own:
        raise Invalid("There is no status with this id.", field="status_id")
    return {"custom_status": own[0].label}


def _answerable(new: Json) -> Json:
    """Who answers for the case; 0 and null are nobody."""
    found: Json = {}
    if "assigned_agent_id" in new:
        given = new["assigned_agent_id"]
        found["assignee"] = person_numbered(given, field="assigned_agent_id") if given else None
    if "assigned_team_id" in new:
        given = new["assigned_team_id"]
        found["team"] = team_numbered(given, field="assigned_team_id") if given else None
    return found
