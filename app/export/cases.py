"""Writing many cases into a file, some at a time, in the order in which they were opened.

A case is told as it stands when its turn comes. Those that were opened, or came to be wanted, behind the place where
the work is are left out, as are those that are gone by then; so each is told once.
"""

import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import BinaryIO

from sqlalchemy import func, select

from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.lists import CASES
from app.cases.models import Case
from app.clock import now
from app.errors import Invalid
from app.export.facts import LOADS, Json
from app.export.history import told_cases
from app.export.lines import CONTENT_TYPE as LINES
from app.export.lines import write_case
from app.export.parts import joined, stored
from app.export.table import CONTENT_TYPE as TABLE
from app.export.table import header, table_rows
from app.extensions import db
from app.listing.lists import SORT
from app.people.models import Person
from app.steps import Made, Step

AT_ONCE = 100
SECONDS = 1.0


class Format(StrEnum):
    """What the file is."""

    NDJSON = "ndjson"
    CSV = "csv"


TYPES = {Format.NDJSON: LINES, Format.CSV: TABLE}


def check_filter(wanted: Mapping[str, str], *, me: Person | None) -> None:
    """Raises Invalid, naming the field, for what the list of cases cannot be asked."""
    try:
        if SORT in wanted:
            raise Invalid("An export is in the order in which the cases were opened; leave this out.", field=SORT)
        CASES.conditions(wanted, me=me)
    except Invalid as error:
        [(field, sentence)] = error.fields.items()
        raise Invalid(sentence, field=f"filter.{field}") from None


def export_some(options: Json, state: Json, by: Person | None) -> Step:
    """The next step of an export: ``options`` are its format and its filter."""
    if not state:
        return _begun(options, by)
    if state["after"] < state["last"]:
        return _went_on(options, state, by)
    return _ended(options, state)


def _begun(options: Json, by: Person | None) -> Step:
    """Find out how far it will go."""
    fields = _own_fields() if options["format"] == Format.CSV else []
    first = stored(lambda out: out.write(header(fields) if options["format"] == Format.CSV else b""))
    last = db.session.scalar(select(func.max(Case.id))) or 0
    state = {"after": 0, "last": last, "cases": 0, "fields": fields, "parts": [first.id]}
    return Step(state, total=CASES.count(options["filter"], me=by), holds=(first.id,))


def _own_fields() -> list[str]:
    defined = select(CustomField.key).where(CustomField.level == FieldLevel.CASE, CustomField.disabled_at.is_(None))
    return list(db.session.scalars(defined.order_by(CustomField.sort_order, CustomField.id)))


def _went_on(options: Json, state: Json, by: Person | None) -> Step:
    cases = _next(options["filter"], state, by)
    if not cases:
        return Step({**state, "after": state["last"]})
    written: list[Case] = []
    part = stored(lambda out: written.extend(_write(Format(options["format"]), cases, state["fields"], out)))
    going_on = {
        **state,
        "after": written[-1].id,
        "cases": state["cases"] + len(written),
        "parts": [*state["parts"], part.id],
    }
    return Step(going_on, done=len(written), holds=(part.id,))


def _next(wanted: Mapping[str, str], state: Json, by: Person | None) -> Sequence[Case]:
    place = Case.id > state["after"], Case.id <= state["last"]
    query = select(Case).where(*CASES.conditions(wanted, me=by), *place).order_by(Case.id).limit(AT_ONCE)
    return db.session.scalars(query.options(*LOADS)).all()


def _write(format: Format, cases: Sequence[Case], fields: Sequence[str], out: BinaryIO) -> Sequence[Case]:
    """Write as many as there is time for, one at least. Returns those that were written."""
    until, number = time.monotonic() + SECONDS, 0
    if format is Format.CSV:
        out.writelines(table_rows(cases, fields))
        return cases
    for facts, posts in told_cases(cases):
        write_case(out, facts, posts)
        out.write(b"\n")
        number += 1
        if time.monotonic() > until:
            break
    return cases[:number]


def _ended(options: Json, state: Json) -> Step:
    name, count = f"cases-{now():%Y-%m-%d}.{options['format']}", state["cases"]
    made = Made(joined(state["parts"]).id, name, TYPES[Format(options["format"])])
    return Step({}, total=count, receipt={"cases": count}, made=made)
