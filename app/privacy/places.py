"""Where texts stand: every table with a text, JSON or the bytes of a mail, found by its definition.

So a table that is added later is looked through, too. What is not says so here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.models import Case, Post
from app.extensions import Base
from app.mail.models import InboundEmail, OutboundEmail, RawEmail
from app.people.models import Person
from app.privacy.left_out import HOUSE, OURS

MOST = 200
LARGE = {"posts": 50, "raw_emails": 4, "sandbox_emails": 20, "given_answers": 50}


@dataclass(frozen=True)
class Place:
    """A table: by what it is walked, what is looked at, and to which case and persons a row belongs."""

    table: sa.Table
    key: Any
    columns: Sequence[sa.Column[Any]]
    case: Any = None
    persons: Sequence[Any] = ()
    source: Any = None
    which: Sequence[Any] = field(default_factory=tuple)

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def most(self) -> int:
        """How many rows are looked at at once."""
        return LARGE.get(self.name, MOST)

    @property
    def row(self) -> sa.Column[Any]:
        """What tells the rows of the table apart."""
        [column] = self.table.primary_key.columns
        return column

    def rows(self, after: Any, *only: sa.ColumnElement[bool]) -> sa.Select[Any]:
        """The next rows behind a key."""
        case = self.case if self.case is not None else sa.null()
        named = [*self.columns, case.label("_case"), self.key.label("_key"), self.row.label("_row")]
        persons = [column.label(f"_person{number}") for number, column in enumerate(self.persons)]
        also = [self.table.c[name] for name in ALSO.get(self.name, ())]
        query = sa.select(*named, *persons, *also).select_from(self.table if self.source is None else self.source)
        query = query.where(*self.which, *only) if after is None else query.where(*self.which, *only, self.key > after)
        return query.order_by(self.key).limit(self.most)


ALSO = {
    "attachments": ("file_id",),
    "events": ("name", "subject_table", "subject_id"),
    "inbound_emails": ("outcome",),
    "raw_emails": ("sha256",),
}


@cache
def places() -> tuple[Place, ...]:
    """Every place there is, always in the same order."""
    tables = [one for name, one in sorted(Base.metadata.tables.items()) if name not in HOUSE]
    return tuple(_place(table) for table in tables if len(table.primary_key.columns) == 1 and _texts(table))


def _place(table: sa.Table) -> Place:
    if table.name in SPECIAL:
        return SPECIAL[table.name](table)
    [key] = table.primary_key.columns
    return Place(table, key, _texts(table), _case_of(table), _persons_of(table))


def _texts(table: sa.Table) -> list[sa.Column[Any]]:
    return [one for one in table.columns if _holds_text(one) and not {one.name, str(one)} & OURS]


def _holds_text(column: sa.Column[Any]) -> bool:
    kind = column.type
    return isinstance(kind, sa.String | sa.JSON | sa.LargeBinary) and not isinstance(kind, sa.Enum)


def _case_of(table: sa.Table) -> Any:
    return table.c.id if table is Case.__table__ else table.c.get("case_id")


def _persons_of(table: sa.Table) -> list[Any]:
    """Whoever a row names."""
    return [one for one in table.columns if any(key.column is Person.__table__.c.id for key in one.foreign_keys)]


def _attachments(table: sa.Table) -> Place:
    """A file is in the case of its post, and its author's."""
    source = table.join(Post.__table__, Post.id == table.c.post_id)
    return Place(table, table.c.id, _texts(table), Post.case_id, (Post.author_id,), source)


def _raw_emails(table: sa.Table) -> Place:
    """The bytes of a mail are found by its row in the journal, once it was decided what becomes of it."""
    source = table.join(InboundEmail.__table__, InboundEmail.sha256 == RawEmail.sha256)
    person, which = InboundEmail.person_id, (InboundEmail.id < _undecided(),)
    return Place(table, InboundEmail.id, _texts(table), InboundEmail.case_id, (person,), source, which)


def _inbound_emails(table: sa.Table) -> Place:
    which = (table.c.id < _undecided(),)
    return Place(table, table.c.id, _texts(table), table.c.case_id, _persons_of(table), which=which)


def _undecided() -> Any:
    """The first mail that is still to be decided on: its bytes are needed, and it counts as one that comes later."""
    first = sa.select(sa.func.min(InboundEmail.id)).where(InboundEmail.outcome.is_(None)).scalar_subquery()
    return sa.func.coalesce(first, sa.literal(2**62, sa.BigInteger))


def _sandbox_emails(table: sa.Table) -> Place:
    """A mail in the sandbox is of the case of which it was sent, its reader's, and his whose message it passes on."""
    source = table.outerjoin(OutboundEmail.__table__, OutboundEmail.message_id == table.c.message_id)
    source = source.outerjoin(Post.__table__, Post.id == OutboundEmail.post_id)
    persons = OutboundEmail.person_id, Post.author_id
    return Place(table, table.c.id, _texts(table), OutboundEmail.case_id, persons, source)


def _custom_field_values(table: sa.Table) -> Place:
    """What is said in a field is of the case or the person that says it."""
    source = table.join(CustomField.__table__, CustomField.id == table.c.field_id)
    case, person = (
        sa.case((CustomField.level == level, table.c.owner_id)) for level in (FieldLevel.CASE, FieldLevel.PERSON)
    )
    return Place(table, table.c.id, _texts(table), case, (person,), source)


def _bulk_jobs(table: sa.Table) -> Place:
    """Work that is not finished needs what it was told."""
    finished = (table.c.finished_at.is_not(None),)
    return Place(table, table.c.id, _texts(table), None, _persons_of(table), which=finished)


SPECIAL = {
    "attachments": _attachments,
    "bulk_jobs": _bulk_jobs,
    "custom_field_values": _custom_field_values,
    "inbound_emails": _inbound_emails,
    "raw_emails": _raw_emails,
    "sandbox_emails": _sandbox_emails,
}
