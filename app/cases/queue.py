"""The queue of the team: the cases that a filter finds, each with what its reader has not read yet.

A page of it is asked for with the same few statements, however long it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.cases.filters import BUILT_IN, BuiltIn, SavedFilter, filters_for
from app.cases.lists import CASES
from app.cases.models import Case, CustomStatus
from app.cases.read_markers import read_so_far
from app.extensions import db
from app.people.models import Person, Team

LONG = 30  # a page of long subjects and many labels stays light too
MOST_FILTERS = 30


@dataclass(frozen=True)
class Queued:
    """A case in the queue, and how many posts of others its reader has not read."""

    case: Case
    unread: int


@dataclass(frozen=True)
class QueuePage:
    """Some cases, and the cursor of those behind them."""

    rows: Sequence[Queued]
    next: str | None


def filters_in_queue(reader: Person) -> list[BuiltIn | SavedFilter]:
    """What a reader chooses from: the filters that come with Casey, then his own and the shared ones."""
    return [*BUILT_IN.values(), *filters_for(reader)[:MOST_FILTERS]]


def queue_page(found: BuiltIn | SavedFilter, *, reader: Person, cursor: str | None) -> QueuePage:
    """The cases that a filter finds, from behind the cursor on. Raises Invalid, naming the field."""
    wanted = {name: str(text) for name, text in found.query.items()}
    page = CASES.page(wanted, me=reader, limit=LONG, cursor=cursor)
    return QueuePage(queued(page.rows, reader), page.next)


def queued(cases: Sequence[Case], reader: Person) -> list[Queued]:
    """The same cases as their reader knows them."""
    _tell(cases)
    read = read_so_far([one.id for one in cases], reader) if cases else {}
    return [Queued(one, read[one.id].unread) for one in cases]


def _tell(cases: Sequence[Case]) -> None:
    """Which teams answer for them and where they stand in the operator's words: all are loaded at once, and found."""
    teams, statuses = {one.team_id for one in cases} - {None}, {one.custom_status_id for one in cases} - {None}
    if teams:
        db.session.scalars(select(Team).where(Team.id.in_(teams))).all()
    if statuses:
        db.session.scalars(select(CustomStatus).where(CustomStatus.id.in_(statuses))).all()
