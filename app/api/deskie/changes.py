"""What changes in a case, in Deskie's words: which events of ours tell of it, and which of them a filter asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.api.deskie.custom_fields import fields_called
from app.api.deskie.sides import READ, in_field, in_fields, sides
from app.api.deskie.words import STATUSES
from app.cases.changes import Values, Wanted
from app.cases.custom_fields import FieldLevel
from app.cases.models import Status

EVENTS: Mapping[str, tuple[str, ...]] = {
    "staff": ("case_assigned",),
    "group": ("team_assigned",),
    "status": ("status_changed", "case_closed", "case_reopened"),
    "priority": ("priority_changed",),
    "subject": ("subject_changed",),
    "labels": ("label_attached", "label_detached"),
    "custom_fields": ("custom_field_changed",),
    "user": ("requester_changed",),
    "language": ("language_changed",),
}
KINDS = {event: kind for kind, events in EVENTS.items() for event in events}
# There are no chats here, so that nothing is ever found by these.
CHATS = ("fixed_chat_staff", "show_chat_activation", "show_chat_completion")
# The rule that stands for Casey itself.
ITSELF = 0

Json = dict[str, Any]


def _same_for_deskie() -> list[Sequence[Status]]:
    """Statuses between which no change is seen, since Deskie has one word for them."""
    return [[one for one in STATUSES if STATUSES[one] == word] for word in dict.fromkeys(STATUSES.values())]


def wanted(asked: Json) -> list[Wanted]:
    """The changes that are asked for: those of any filter, and without one all of them. Raises Invalid."""
    found = [_wanted(kind, *sides(kind, asked[kind])) for kind in READ if kind in asked]
    found += _of_fields(asked["custom_fields"]) if "custom_fields" in asked else []
    found += [_any(unasked=True)] if ITSELF in asked.get("rules", ()) else []
    filtered = found or "rules" in asked or any(asked.get(one) for one in CHATS)
    return found if filtered else [_any()]


def _any(*, unasked: bool = False) -> Wanted:
    return Wanted(tuple(KINDS), alike=_same_for_deskie(), unasked=unasked)


def _wanted(kind: str, old: Values | None, new: Values | None) -> Wanted:
    return Wanted(EVENTS[kind], old, new, alike=_same_for_deskie() if kind == "status" else ())


def _of_fields(said: Any) -> list[Wanted]:
    """In any field, or in those that are named: ``custom_fields[cf_25]=any,1``."""
    names = EVENTS["custom_fields"]
    if not isinstance(said, dict):
        return [Wanted(names, *in_fields(said))]
    fields = fields_called(said, FieldLevel.CASE)
    return [Wanted(names, *in_field(field, said[name]), field=field.key) for name, field in fields.items()]
