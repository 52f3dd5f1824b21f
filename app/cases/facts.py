"""What is said of a case: its subject, type, category, language, the integrator's own data, and for whom it is."""

import json
from collections.abc import Mapping
from typing import Any

from app.cases.models import Case
from app.cases.participation import add_participant
from app.cases.types import note_type
from app.errors import Conflict, Invalid
from app.events import record
from app.people.meta import merged_meta
from app.people.models import Person


def change_subject(case: Case, subject: str, *, by: Person | None) -> None:
    """Give the case another subject."""
    _change(case, "subject", subject.strip(), by)


def change_type(case: Case, type: str | None, *, by: Person | None) -> None:
    """Say what kind of case it is, in a word of the operator's own."""
    note_type(type)
    _change(case, "type", type, by)


def change_category(case: Case, category: str | None, *, by: Person | None) -> None:
    """Put the case into another category."""
    _change(case, "category", category, by)


def change_language(case: Case, language: str | None, *, by: Person | None) -> None:
    """Say in which language the case is written."""
    _change(case, "language", language, by)


def _change(case: Case, fact: str, value: object, by: Person | None) -> None:
    was = getattr(case, fact)
    if was != value:
        setattr(case, fact, value)
        record(case, f"{fact}_changed", by=by, old=was, new=value)


def merge_meta(case: Case, meta: Mapping[str, Any], *, by: Person | None) -> None:
    """Set these keys of the integrator's own data, and take out those that are None; the others stay.

    Raises Invalid when the whole would become too large.
    """
    merged = merged_meta(case.meta, meta)
    changed = sorted(key for key in {*case.meta, *merged} if _differs(case.meta, merged, key))
    if changed:
        was, case.meta = case.meta, merged
        record(case, "meta_changed", by=by, old=_part(was, changed), new=_part(merged, changed))


def _differs(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> bool:
    """Whether JSON would tell them apart, as it does true and 1, which Python takes for the same."""
    return key not in one or key not in other or json.dumps(one[key]) != json.dumps(other[key])


def _part(meta: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    return {key: meta[key] for key in keys if key in meta}


def change_requester(case: Case, person: Person, *, by: Person | None) -> None:
    """Let the case be somebody else's, who joins it. Raises Invalid for somebody who is disabled or blocked."""
    if case.requester is person:
        return
    try:
        add_participant(case, person, by=by)
    except Conflict as error:
        raise Invalid(error.message, field="requester") from None
    was, case.requester, case.organization_id = case.requester, person, person.organization_id
    record(case, "requester_changed", by=by, old=was.id, new=person.id)
