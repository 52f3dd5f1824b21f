"""What the changes of a case speak of: who made them, and the labels and fields that the log names by their words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.cases.custom_fields import CustomField, CustomFieldOption, FieldLevel
from app.cases.labels import Label, label_key
from app.events import Event
from app.extensions import db
from app.people.models import Person


def actors_of(events: Sequence[Event]) -> dict[int, Person]:
    """Who did these, by their ids."""
    ids = {one.actor_id for one in events if one.actor_id}
    return {one.id: one for one in _rows(Person, Person.id.in_(ids))} if ids else {}


def labels_in(events: Sequence[Event]) -> dict[str, int]:
    """The ids of the labels that were put on the case or taken off it, by the names they had. Those gone have none."""
    names = {one.new or one.old for one in events if one.name in ("label_attached", "label_detached")}
    keys = {name: label_key(name) for name in names}
    found = {one.key: one.id for one in _rows(Label, Label.key.in_(keys.values()))} if keys else {}
    return {name: found[key] for name, key in keys.items() if key in found}


def fields_in(events: Sequence[Event]) -> dict[str, CustomField]:
    """The operator's own fields in which something was said, by their keys; those that were deleted, too."""
    keys = {one.details["field"] for one in events if one.name == "custom_field_changed"}
    which = CustomField.level == FieldLevel.CASE, CustomField.key.in_(keys)
    return {one.key: one for one in _rows(CustomField, *which)} if keys else {}


def label_name(number: int) -> str | None:
    """What the label with this id is called."""
    return db.session.scalar(select(Label.name).where(Label.id == number))


def option_key(number: int) -> str | None:
    """The key of the option with this id, of whatever field."""
    return db.session.scalar(select(CustomFieldOption.key).where(CustomFieldOption.id == number))


def _rows(model: type[Any], *which: Any) -> Sequence[Any]:
    return db.session.scalars(select(model).where(*which)).all()
