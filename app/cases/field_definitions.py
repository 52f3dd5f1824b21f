"""The operator's own fields: defining, changing and deleting them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.cases.custom_fields import CHOICES, CustomField, FieldLevel, FieldType
from app.cases.field_options import choose_from, told_options
from app.cases.patterns import check_pattern
from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.listing.numbered import Counted, Numbered, counted
from app.people.models import Person

MOST_FIELDS = 500
TOLD = ("title", "pattern", "required", "visible_to_customers", "sort_order")


def fields_page(*, level: FieldLevel | None, after: int, limit: int) -> list[CustomField]:
    """Fields in the order of their ids, from the one behind ``after`` on, of one level or of all."""
    query = select(CustomField).where(CustomField.id > after, CustomField.disabled_at.is_(None))
    if level is not None:
        query = query.where(CustomField.level == level)
    return list(db.session.scalars(query.order_by(CustomField.id).limit(limit)))


def fields_at(level: FieldLevel) -> Sequence[CustomField]:
    """Every field of a level."""
    query = select(CustomField).where(CustomField.level == level, CustomField.disabled_at.is_(None))
    return db.session.scalars(query.order_by(CustomField.id)).all()


def numbered_fields(levels: Collection[FieldLevel], page: Numbered) -> Counted[CustomField]:
    """Fields of these levels in the order of their ids, by the number of the page."""
    query = select(CustomField).where(CustomField.level.in_(levels), CustomField.disabled_at.is_(None))
    return counted(query.order_by(CustomField.id), page)


def _defined(level: FieldLevel, key: str) -> CustomField | None:
    return db.session.scalar(select(CustomField).where(CustomField.level == level, CustomField.key == key))


def field_by_key(level: str, key: str) -> CustomField:
    """Raises NotFound."""
    field = _defined(FieldLevel(level), key) if level in list(FieldLevel) else None
    if field is None or field.disabled_at:
        raise NotFound("There is no such field.")
    return field


def fields_keyed(level: FieldLevel, keys: Collection[str]) -> dict[str, CustomField]:
    """The fields of a level with these keys, as far as they are there."""
    query = select(CustomField).where(CustomField.level == level, CustomField.key.in_(keys))
    return {one.key: one for one in db.session.scalars(query.where(CustomField.disabled_at.is_(None)))}


def fields_numbered(level: FieldLevel, ids: Sequence[int]) -> dict[int, CustomField]:
    """The fields of a level with these ids, as far as they are there."""
    query = select(CustomField).where(CustomField.level == level, CustomField.id.in_(ids))
    return {one.id: one for one in db.session.scalars(query.where(CustomField.disabled_at.is_(None)))}


def define_field(
    level: FieldLevel, key: str, type: FieldType, facts: Mapping[str, Any], *, by: Person | None
) -> CustomField:
    """Make a field with these facts: its title, pattern, options and so on.

    A deleted one of the same type comes back, and so do its values. Raises Conflict for a key that is taken, Invalid
    for facts that do not go with the type.
    """
    field = _defined(level, key)
    if field is None:
        _check_room(level)
        field = CustomField(level=level, key=key, type=type, options=[])
    elif field.disabled_at is None or field.type is not type:
        known = f"a deleted field of the type {field.type}" if field.disabled_at else "another field"
        raise Conflict(f"This is the key of {known}.", field="key")
    field.disabled_at = None
    _describe(field, facts)
    db.session.add(field)
    record(field, "field_defined", by=by, new={"level": level, "key": key, "type": type, **_told(field)})
    return field


def _check_room(level: FieldLevel) -> None:
    count = select(func.count()).where(CustomField.level == level, CustomField.disabled_at.is_(None))
    if (db.session.scalar(count) or 0) >= MOST_FIELDS:
        raise Conflict(f"There can be {MOST_FIELDS} fields of a level.")


def change_field(field: CustomField, facts: Mapping[str, Any], *, by: Person | None) -> None:
    """Change what is said of a field. Values stay as they are. Raises Invalid as ``define_field`` does."""
    was = _told(field)
    _describe(field, facts)
    new = {name: value for name, value in _told(field).items() if value != was[name]}
    if new:
        record(field, "field_changed", by=by, old={name: was[name] for name in new}, new=new)


def delete_field(field: CustomField, *, by: Person | None) -> None:
    """Delete a field. Its values are kept, and hidden."""
    field.disabled_at = now()
    record(field, "field_deleted", by=by, old={"level": field.level, "key": field.key})


def _told(field: CustomField) -> dict[str, Any]:
    return {**{name: getattr(field, name) for name in TOLD}, "options": told_options(field)}


def _describe(field: CustomField, facts: Mapping[str, Any]) -> None:
    for name in TOLD:
        if name in facts:
            setattr(field, name, facts[name])
    _check_pattern(field)
    if "options" in facts:
        choose_from(field, facts["options"])
    if (field.type in CHOICES) is not bool(field.options):
        sentence = "needs options" if field.type in CHOICES else "has no options"
        raise Invalid(f"A field of the type {field.type} {sentence}.", field="options")


def _check_pattern(field: CustomField) -> None:
    if (field.type is FieldType.REGEX) is not bool(field.pattern):
        sentence = "needs a pattern" if field.type is FieldType.REGEX else "has no pattern"
        raise Invalid(f"A field of the type {field.type} {sentence}.", field="pattern")
    try:
        check_pattern(field.pattern or "")
    except ValueError as error:
        raise Invalid(str(error), field="pattern") from None
