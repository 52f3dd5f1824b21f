"""The choices of a field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from app.cases.custom_fields import CHOICES, CustomField, CustomFieldOption, FieldType
from app.errors import Invalid
from app.extensions import db


def told_options(field: CustomField) -> list[dict[str, Any]]:
    """The choices in their order, each with the key of its parent."""
    return [
        {"key": one.key, "title": one.title, "parent": one.parent.key if one.parent else None} for one in field.options
    ]


def with_options(fields: Iterable[CustomField]) -> None:
    """Load the choices of these fields, which were loaded without, in one statement; in none where no field has any."""
    bare = [one for one in fields if "options" not in sa.inspect(one).dict]
    choosing = [one.id for one in bare if one.type in CHOICES]
    query = sa.select(CustomFieldOption).where(CustomFieldOption.field_id.in_(choosing))
    found: dict[int, list[CustomFieldOption]] = {one.id: [] for one in bare}
    for option in db.session.scalars(query.order_by(CustomFieldOption.sort_order)) if choosing else ():
        found[option.field_id].append(option)
    for one in bare:
        set_committed_value(one, "options", found[one.id])


def choose_from(field: CustomField, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Leave exactly these options. One with a known key stays the same one; a parent stands before its children.

    Raises Invalid for a key that stands twice, or a parent that does not stand before.
    """
    known = {one.key: one for one in field.options}
    made: dict[str, CustomFieldOption] = {}
    for number, one in enumerate(wanted):
        if one["key"] in made:
            raise Invalid("Another option has this key.", field=f"options.{number}.key")
        option = known.get(one["key"]) or CustomFieldOption(key=one["key"])
        option.title, option.sort_order = one["title"], number
        option.parent = _parent(field, one.get("parent"), made, number)
        made[option.key] = option
    field.options = list(made.values())


def _parent(
    field: CustomField, key: str | None, made: Mapping[str, CustomFieldOption], number: int
) -> CustomFieldOption | None:
    if key is None:
        return None
    if field.type is not FieldType.CASCADING or key not in made:
        raise Invalid(
            "Only an option of a cascading field has a parent, which stands before it.",
            field=f"options.{number}.parent",
        )
    return made[key]
