"""What a case, a person or an organization says in the operator's own fields."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import lazyload

from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel, FieldType
from app.cases.field_kinds import checked, comparable
from app.cases.field_options import with_options
from app.cases.models import Case
from app.errors import Invalid
from app.events import Subject, record
from app.extensions import db
from app.people.models import Person

Owners = Mapping[FieldLevel, Collection[int]]
Said = dict[tuple[FieldLevel, int], list[tuple[CustomField, Any]]]

# While a page is put together: what all that stands on it says.
_FORESEEN: ContextVar[Said | None] = ContextVar("foreseen", default=None)


def fields_of(level: FieldLevel, owner_id: int) -> dict[str, Any]:
    """The values by the keys of their fields. What is said in a deleted field is kept, but hidden."""
    return fields_of_each(level, [owner_id])[owner_id]


def fields_of_each(level: FieldLevel, owner_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The same of many cases, persons or organizations, by their ids."""
    query = (
        select(CustomFieldValue.owner_id, CustomField.key, CustomFieldValue.value)
        .join(CustomFieldValue, CustomFieldValue.field_id == CustomField.id)
        .where(CustomField.level == level, CustomField.disabled_at.is_(None), CustomFieldValue.owner_id.in_(owner_ids))
        .order_by(CustomField.sort_order, CustomField.id)
    )
    found: dict[int, dict[str, Any]] = {owner_id: {} for owner_id in owner_ids}
    for row in db.session.execute(query):
        found[row.owner_id][row.key] = row.value
    return found


def said_by_each(level: FieldLevel, owner_ids: Sequence[int]) -> dict[int, list[tuple[CustomField, Any]]]:
    """The same with the fields themselves and their choices."""
    foreseen = _FORESEEN.get()
    if foreseen is None or not foreseen.keys() >= {(level, one) for one in owner_ids}:
        foreseen = _said_by({level: owner_ids})
    return {one: foreseen[level, one] for one in owner_ids}


@contextmanager
def said_together() -> Iterator[None]:
    """Inside of this, what was foreseen is asked for but once."""
    token = _FORESEEN.set({})
    try:
        yield
    finally:
        _FORESEEN.reset(token)


def foresee(owners: Owners) -> None:
    """What all of these say will be asked for: know it, where that is remembered."""
    foreseen = _FORESEEN.get()
    if foreseen is not None:
        foreseen.update(_said_by(owners))


def _said_by(owners: Owners) -> Said:
    """By level and id. The numbers of cases, persons and organizations overlap, so that some are read for nothing."""
    found: Said = {(level, one): [] for level, ids in owners.items() for one in ids}
    numbers = sorted({one for _, one in found})
    for owner_id, field, value in db.session.execute(_saying(), {"owners": numbers}) if numbers else ():
        if (field.level, owner_id) in found:
            found[field.level, owner_id].append((field, value))
    with_options(field for said in found.values() for field, _ in said)
    return found


@cache
def _saying() -> Select[int, CustomField, Any]:
    """Put together once, since every page of a list asks for it."""
    owners = CustomFieldValue.owner_id.in_(bindparam("owners", expanding=True))
    return (
        select(CustomFieldValue.owner_id, CustomField, CustomFieldValue.value)
        .join(CustomFieldValue, CustomFieldValue.field_id == CustomField.id)
        .where(CustomField.disabled_at.is_(None), owners)
        .order_by(CustomField.id)
        .options(lazyload(CustomField.options))
    )


def fill_case_fields(case: Case, values: Mapping[str, Any], *, by: Person | None) -> None:
    """Say something in these fields of a case."""
    fill_fields(FieldLevel.CASE, case, values, by=by)


def bear_fields(case: Case, values: Mapping[str, Any]) -> None:
    """Say something in these fields of a case that has just come from elsewhere, without telling of it.

    What is said in a field for files names a file of that other place, and is left out. Raises Invalid as
    ``fill_fields`` does.
    """
    files = select(CustomField.key).where(CustomField.level == FieldLevel.CASE, CustomField.type == FieldType.FILE)
    elsewhere = set(db.session.scalars(files)) if values else set()
    fields, wanted = _checked(FieldLevel.CASE, {key: one for key, one in values.items() if key not in elsewhere})
    for key, value in wanted.items():
        if value is not None:
            said = CustomFieldValue(field_id=fields[key].id, owner_id=case.id, value=value, text=comparable(value))
            db.session.add(said)


def fill_fields(level: FieldLevel, owner: Subject, values: Mapping[str, Any], *, by: Person | None) -> None:
    """Say something in these fields, by their keys; None empties one. What is said already is no change.

    Raises Invalid with a sentence for each value that is not of its kind, and then changes nothing.
    """
    fields, wanted = _checked(level, values)
    said = {one.field_id: one for one in _said(fields, owner)}
    for key, value in wanted.items():
        _fill(fields[key], said.get(fields[key].id), owner, value, by)


def _checked(level: FieldLevel, values: Mapping[str, Any]) -> tuple[dict[str, CustomField], dict[str, Any]]:
    known = select(CustomField).where(CustomField.level == level, CustomField.key.in_(values))
    fields = {one.key: one for one in db.session.scalars(known.where(CustomField.disabled_at.is_(None)))}
    wanted, problems = {}, {}
    for key, value in values.items():
        try:
            wanted[key] = kept_in(fields.get(key), value)
        except ValueError as error:
            problems[f"fields.{key}"] = str(error)
    if problems:
        path, sentence = next(iter(problems.items()))
        raise Invalid(f"{path}: {sentence}", fields=problems)
    return fields, wanted


def kept_in(field: CustomField | None, value: Any) -> Any:
    """What a field keeps of a value; None empties it. Raises ValueError with a sentence."""
    if field is None:
        raise ValueError("There is no such field.")
    if value is None and field.required:
        raise ValueError("This field is required, and cannot be emptied.")
    return None if value is None else checked(field, value)


def _said(fields: Mapping[str, CustomField], owner: Subject) -> list[CustomFieldValue]:
    ids = [one.id for one in fields.values()]
    query = select(CustomFieldValue).where(CustomFieldValue.field_id.in_(ids), CustomFieldValue.owner_id == owner.id)
    return list(db.session.scalars(query))


def _fill(field: CustomField, said: CustomFieldValue | None, owner: Subject, value: Any, by: Person | None) -> None:
    was = said.value if said else None
    if (type(was), was) == (type(value), value):
        return
    if said is None:
        said = CustomFieldValue(field_id=field.id, owner_id=owner.id)
        db.session.add(said)
    if value is None:
        db.session.delete(said)
    else:
        said.value, said.text = value, comparable(value)
    record(owner, "custom_field_changed", by=by, old=was, new=value, field=field.key)
