"""Filters whose names the operator makes: his own fields, his own statuses, and the keys of ``meta`` that he lists."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import ColumnElement, Select, or_, select

from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.list_values import Reading, Said, days, numbers, texts, whatever, words
from app.cases.models import Case
from app.cases.statuses import statuses
from app.config import settings
from app.extensions import db
from app.listing import Family, Filter, parted
from app.listing.filters import NONE, Asker, Column
from app.listing.lookups import remembered

MOST_TOLD = 50
FIELD = "What is said in a field of your own, by its key."
META = "What stands under a key of meta; caseMetaFilters lists the keys."


def custom_status() -> Filter:
    """Cases by the labels of the operator's own statuses; with a deleted one a case has none."""

    def rows(text: str, _me: Asker | None) -> ColumnElement[bool]:
        values, known = parted(text), remembered("statuses", _statuses)
        if not set(values) <= {*known, NONE}:
            raise ValueError(f"must be the label of a status. {_told(known)}".rstrip("."))
        found = Case.custom_status_id.in_([known[one] for one in values if one in known])
        none = or_(Case.custom_status_id.is_(None), Case.custom_status_id.not_in(known.values()))
        return or_(found, none) if NONE in values else found

    return Filter(rows, "Labels of your own statuses, or none.", "Paused")


def _statuses() -> dict[str, int]:
    return {one.label: one.id for one in statuses()}


def fields(level: FieldLevel, owner: Column) -> Family:
    """Rows by what is said in the operator's own fields."""

    def named(key: str) -> Filter:
        field = remembered(f"{level}.{key}", lambda: db.session.scalar(_known(level).where(CustomField.key == key)))
        if field is None:
            raise LookupError(f"There is no field with this key. {_told(remembered(level, lambda: _keys(level)))}")
        return Said(f"field.{field.id}", owner).filter(reading(field), FIELD)

    return Family(named, FIELD)


def _keys(level: FieldLevel) -> list[str]:
    return list(db.session.scalars(_known(level).with_only_columns(CustomField.key).order_by(CustomField.key)))


def _known(level: FieldLevel) -> Select[CustomField]:
    return select(CustomField).where(CustomField.level == level, CustomField.disabled_at.is_(None))


def _told(names: Iterable[str]) -> str:
    """What there is, for whoever asked for something else."""
    known = list(names)
    more = f" and {len(known) - MOST_TOLD} more" if len(known) > MOST_TOLD else ""
    return f"There are: {', '.join(known[:MOST_TOLD])}{more}." if known else "There is none yet."


def meta() -> Family:
    """Cases by what stands in ``meta`` under the keys that a setting lists."""

    def named(key: str) -> Filter:
        known = settings().case_meta_filters
        if key not in known:
            raise LookupError(f"The setting caseMetaFilters does not list this key. {_told(known)}")
        return Said(f"meta.{key}", Case.id).filter(whatever, META)

    return Family(named, META)


def _texts(_field: CustomField) -> Reading:
    return texts


def _numbers(_field: CustomField) -> Reading:
    return numbers


def _flags(_field: CustomField) -> Reading:
    return words("true", "false")


def _options(field: CustomField) -> Reading:
    return words(*(one.key for one in field.options))


READERS: Mapping[FieldType, Callable[[CustomField], Reading]] = {
    FieldType.NUMBER: _numbers,
    FieldType.DECIMAL: _numbers,
    FieldType.DATE: lambda _field: days,
    FieldType.CHECKBOX: _flags,
    FieldType.YES_NO: _flags,
    **dict.fromkeys((FieldType.RADIO, FieldType.SELECT, FieldType.MULTI_SELECT, FieldType.CASCADING), _options),
}


def reading(field: CustomField) -> Reading:
    """How values are read by which a list is narrowed by a field."""
    return READERS.get(field.type, _texts)(field)
