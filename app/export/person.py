"""Everything that is known about a person as one JSON object, written some rows at a time.

Each part of the file is a piece of that object, and only all of them together are JSON.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.clock import now
from app.export.facts import Json
from app.export.parts import joined, stored
from app.export.person_profile import told_profile
from app.export.person_rows import SECTIONS, Section
from app.export.sight import Sight
from app.extensions import db
from app.people.merging import ids_of
from app.people.models import Person
from app.people.persons import person_by_uuid
from app.steps import Made, Step

AT_ONCE = 100
CONTENT_TYPE = "application/json"


def export_person(options: Json, state: Json, by: Person | None) -> Step:
    """The next step of telling what is known of the ``person``. Raises NotFound when he was erased meanwhile."""
    person = person_by_uuid(UUID(options["person"]))
    if not state:
        return _begun(person)
    if state["section"] < len(SECTIONS):
        return _went_on(person, state)
    return _ended(person, state)


def _begun(person: Person) -> Step:
    part = _part('{"person": ' + _json(told_profile(person)))
    return Step({"section": 0, "after": None, "counts": {}, "parts": [part]}, holds=(part,))


def _went_on(person: Person, state: Json) -> Step:
    """Some rows of one section; with the last of them it ends."""
    section = SECTIONS[state["section"]]
    rows = _rows(section, person, state["after"])
    ends = len(rows) < AT_ONCE
    lines = [_json(one) for one in section.tell(rows, Sight(person))]
    part = _part(_before(section, state["after"], lines) + ",\n".join(lines) + ("]" if ends else ""))
    going_on = {
        "section": state["section"] + ends,
        "after": None if ends else [getattr(rows[-1], one.key) for one in section.key],
        "counts": _counted(state["counts"], section, len(lines)),
        "parts": [*state["parts"], part],
    }
    return Step(going_on, done=len(lines), holds=(part,))


def _before(section: Section, after: Any, lines: Sequence[str]) -> str:
    if after is None:
        return f',\n"{section.name}": ['
    return ",\n" if lines else ""


def _counted(counts: Mapping[str, int], section: Section, more: int) -> Json:
    return {**counts, section.name: counts.get(section.name, 0) + more}


def _rows(section: Section, person: Person, after: Any) -> Sequence[Any]:
    query = section.query(ids_of(person)).order_by(*section.key).limit(AT_ONCE)
    if after is not None:
        query = query.where(sa.tuple_(*section.key) > sa.tuple_(*(sa.literal(one) for one in after)))
    return db.session.scalars(query).all()


def _ended(person: Person, state: Json) -> Step:
    end = _part("}\n")
    made = Made(joined([*state["parts"], end]).id, f"person-{now():%Y-%m-%d}.json", CONTENT_TYPE)
    return Step({}, receipt={"person": str(person.uuid), **state["counts"]}, made=made, holds=(end,))


def _part(text: str) -> int:
    return stored(lambda out: out.write(text.encode())).id


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)
