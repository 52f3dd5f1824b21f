"""The changelog of a case on Deskie's wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from app.api.deskie.changes import KINDS
from app.api.deskie.custom_fields import told_fields
from app.api.deskie.dates import told
from app.api.deskie.languages import language_id
from app.api.deskie.views.shapes import Json, Shape, a_moment, a_number, a_text
from app.api.deskie.words import STATUSES
from app.cases.custom_fields import CustomField
from app.cases.mentioned import actors_of, fields_in, labels_in
from app.events import Event
from app.people.models import Person

# What was redacted is no status any more.
WORDS = {str(status): word for status, word in STATUSES.items()}


class ChangeShape(Shape):
    """Something that changed."""

    created_at = a_moment()
    event = a_text("What changed: staff, group, status, priority, subject, labels, custom_field_N, user or language.")
    done_by = a_text("staff_N, user_N, or rule_0 for what Casey did by itself.")
    old_value = a_text()
    value = a_text()


class Changelog(Shape):
    """What changed in a case."""

    changelog = fields.List(fields.Nested(ChangeShape), required=True)
    total_count = a_number()


@dataclass(frozen=True)
class Spoken:
    """What the events of a page speak of, asked for all of them at once."""

    actors: Mapping[int, Person]
    labels: Mapping[str, int]
    fields: Mapping[str, CustomField]

    def field(self, event: Event) -> CustomField | None:
        """In which field something was said; None where its key was redacted."""
        return self.fields.get(event.details.get("field", ""))


def change_rows(events: Sequence[Event]) -> list[Json]:
    """What changed, who changed it, and from what to what."""
    spoken = Spoken(actors_of(events), labels_in(events), fields_in(events))
    return [_row(event, spoken) for event in events]


def _row(event: Event, spoken: Spoken) -> Json:
    return {
        "created_at": told(event.created_at),
        "event": _called(event, spoken),
        "done_by": _done_by(event, spoken),
        "old_value": _value(event, event.old, spoken),
        "value": _value(event, event.new, spoken),
    }


def _called(event: Event, spoken: Spoken) -> str:
    kind = KINDS[event.name]
    field = spoken.field(event)
    return f"custom_field_{field.id if field else 0}" if kind == "custom_fields" else kind


def _done_by(event: Event, spoken: Spoken) -> str:
    """A key that belongs to nobody acts for the staff all the same."""
    person = spoken.actors.get(event.actor_id or 0)
    if person is None:
        return "staff_0" if event.api_key_id else "rule_0"
    return f"{'staff' if person.team else 'user'}_{person.id}"


def _value(event: Event, value: Any, spoken: Spoken) -> str:
    kind = KINDS[event.name]
    if kind in ("staff", "group", "user"):
        return str(value or 0)
    if kind == "language":
        return str(language_id(value))
    if value is None:
        return ""
    if kind == "status":
        return WORDS.get(value, str(value))
    if kind == "labels":
        return str(spoken.labels.get(value, value))
    return _in_field(spoken.field(event), value)


def _in_field(field: CustomField | None, value: Any) -> str:
    """What is said in a field of the operator's own; all else is said as it is."""
    [said] = told_fields([(field, value)]).values() if field else [value]
    if isinstance(said, bool):
        return str(said).lower()
    return ",".join(said) if isinstance(said, list) else str(said)
