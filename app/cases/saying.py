"""Who says what in the operator's own fields, also by a piece of what is said."""

from collections.abc import Sequence

from sqlalchemy import select

from app.cases.custom_fields import CustomField, CustomFieldValue, FieldType
from app.cases.fragments import SAID
from app.cases.list_values import LONGEST, ListValue
from app.listing.filters import Column, Condition
from app.listing.fragments import Fragment
from app.listing.linked import linked

TEXTS = frozenset({FieldType.TEXT, FieldType.TEXTAREA, FieldType.REGEX})


def saying_a_piece(field: CustomField, owner: Column, pieces: Sequence[Fragment]) -> Condition:
    """Who says a text with one of these pieces. Raises ValueError, with the end of a sentence."""
    rows = select(CustomFieldValue.owner_id).where(CustomFieldValue.field_id == field.id, SAID.matching(*pieces))
    return linked(owner, rows, CustomFieldValue.owner_id)


def saying_one_of(field: CustomField, owner: Column, values: Sequence[str]) -> Condition:
    """Who says one of these values, each as lists compare it."""
    name = f"field.{field.id}"
    rows = select(ListValue.owner_id).where(
        ListValue.name == name, ListValue.text.in_([one[:LONGEST] for one in values])
    )
    return linked(owner, rows, ListValue.owner_id)


def not_saying_yes(field: CustomField, owner: Column) -> Condition:
    """Who has not set a flag, whether he has cleared it or never said anything."""
    said = select(ListValue.name).where(ListValue.name == f"field.{field.id}", ListValue.owner_id == owner)
    return ~said.where(ListValue.text == "true").exists()
