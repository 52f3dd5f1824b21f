"""Activities on Kayako's wire: what happened to a case besides what was written on it."""

from collections.abc import Collection, Sequence
from typing import Any

from marshmallow import fields

from app.api.kayako.activity_words import NAMING, TOLD, summary_of
from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_number, a_text, a_thing, reference
from app.cases.mentioned import actors_of
from app.cases.timeline_pages import activities_numbered
from app.events import Event
from app.people.models import Person


class ActivityShape(Shape):
    """Something that happened."""

    id = a_number()
    activity = a_text("Which event of Casey's it is.")
    actor = a_thing("Nobody where Casey did it.")
    verb = a_text()
    summary = a_text()
    actions = fields.List(fields.Dict(), metadata={"description": "What changed, and from what to what."})
    object = a_thing("The case.")
    object_actor = a_thing()
    location = a_text(none=True)
    place = a_text(none=True)
    result = a_text()
    portal = a_text()
    weight = a_number(none=True)
    ip_address = a_text(none=True)
    created_at = a_moment()


def _activities(rows: Sequence[Event], _optional: Collection[str]) -> list[Json]:
    actors = actors_of(rows)
    return [_activity(one, actors.get(one.actor_id or 0)) for one in rows]


def _activity(event: Event, actor: Person | None) -> Json:
    known = TOLD.get(event.name)
    return {
        "id": event.timeline_id,
        "activity": event.name,
        "actor": reference("user", actor.id if actor else None),
        "verb": known.verb if known else event.name.upper(),
        "summary": summary_of(event, actor),
        "actions": [_action(event, known.field)] if known and known.field else [],
        "object": reference("case", event.case_id),
        "object_actor": None,
        "location": None,
        "place": None,
        "result": "SUCCESS",
        "portal": "API",
        "weight": None,
        "ip_address": event.ip_address,
        "created_at": event.created_at,
    }


def _action(event: Event, field: str) -> Json:
    kind = NAMING.get(event.name)
    old, new = (one if kind and isinstance(one, int) else None for one in (event.old, event.new))
    return {
        "action": _what(event),
        "field": str(event.details.get("field", field)),
        "old_value": _text(event.old),
        "new_value": _text(event.new),
        "old_object": reference(kind, old) if kind else None,
        "new_object": reference(kind, new) if kind else None,
        "resource_type": "action",
    }


def _what(event: Event) -> str:
    if event.old is None:
        return "CREATED"
    return "DELETED" if event.new is None else "UPDATED"


def _text(value: Any) -> str | None:
    """A value as a text; what is no single one, in its parts."""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return None if value is None or isinstance(value, dict) else str(value)


ACTIVITY = Resource("activity", ActivityShape, _activities, activities_numbered)
