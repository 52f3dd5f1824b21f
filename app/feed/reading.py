"""Reading the log of events in its order, without ever skipping one that is committed late."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import select

from app.events import ANY, Event
from app.extensions import db

EVERY = sa.true()
# What only its admins may read about.
OF_THE_HOUSE = ("setting_*", "key_*", "mailbox_*", "webhook_*", "filter_*", "canned_answer_*")

# The locks that the trigger on events holds: each names a number below all those of one running transaction.
OUT = sa.text("""
    SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = 17217
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")


def settled() -> int:
    """The number up to which no event can appear any more.

    On PostgreSQL lower numbers than the newest may be out, in transactions that still run. This asks for the newest
    first: a lock that is gone after that belongs to a transaction whose events are seen by the next question.
    """
    newest = db.session.scalar(select(sa.func.max(Event.sequence))) or 0
    if db.engine.dialect.name != "postgresql":
        return newest
    out = db.session.scalar(OUT)
    return newest if out is None else min(newest, out)


def events_between(after: int, until: int, *, limit: int, which: sa.ColumnElement[bool] = EVERY) -> list[Event]:
    """Events behind one number up to another, in their order."""
    query = select(Event).where(Event.sequence > after, Event.sequence <= until, which)
    return list(db.session.scalars(query.order_by(Event.sequence).limit(limit)))


def named(names: Iterable[str]) -> sa.ColumnElement[bool]:
    """Whether the name of an event is one of these, each of which may end in ``*``."""
    return sa.or_(*(_named(name) for name in names))


def open_to_the_team() -> sa.ColumnElement[bool]:
    """Whether an event may be read by somebody who may not read the audit log."""
    return sa.not_(named(OF_THE_HOUSE))


def _named(name: str) -> sa.ColumnElement[bool]:
    if name == ANY:
        return sa.true()
    if name.endswith(ANY):
        return Event.name.startswith(name.removesuffix(ANY), autoescape=True)
    return Event.name == name


def read_on(after: int, *, limit: int, which: sa.ColumnElement[bool] = EVERY) -> tuple[list[Event], int]:
    """The next events behind a number, and the number to go on from, which has passed those that were not asked for."""
    until = settled()
    found = events_between(after, until, limit=limit, which=which)
    return found, found[-1].sequence if len(found) == limit else max(after, until)
