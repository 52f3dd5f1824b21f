"""Letting somebody else, or another team, answer for whatever is not done yet of one that goes.

A step looks at the next cases by the index of whose they are, and so is bounded however many of them are closed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.cases.assignment import assign_case, assign_team
from app.cases.models import Case, Status
from app.errors import CaseyError, Conflict
from app.extensions import db
from app.people.models import Person, Team
from app.steps import Json, Step

AT_ONCE = 50
UNDONE = (Status.NEW, Status.OPEN, Status.WAITING)

Assign = Callable[[Case], object]
Column = InstrumentedAttribute[int | None]


def replace_assignee(options: Json, state: Json, by: Person | None) -> Step:
    """Let the member ``to``, or nobody, answer for the next cases of the member ``from``.

    Raises Conflict when he is gone, too.
    """
    goes, comes = (_row(Person, options[name]) for name in ("from", "to"))
    if comes is not None and not (comes.team and comes.active):
        raise Conflict(f"{comes.name} can answer for no cases any more. Please name somebody else.")
    return _step(Case.assignee_id, goes.id, state, lambda case: assign_case(case, comes, by=by))


def replace_team(options: Json, state: Json, by: Person | None) -> Step:
    """Let the team ``to``, or none, answer for the next cases of the team ``from``.

    Raises Conflict when it is gone, too.
    """
    goes, comes = (_row(Team, options[name]) for name in ("from", "to"))
    if comes is not None and (comes.disabled_at or comes.deleted_at):
        raise Conflict(f"The team {comes.name} is no longer in use. Please name another one.")
    return _step(Case.team_id, goes.id, state, lambda case: assign_team(case, comes, by=by))


def _row(model: type[Any], uuid: str | None) -> Any:
    if uuid is None:
        return None
    return db.session.scalars(select(model).where(model.uuid == UUID(uuid))).one()


def _step(column: Column, owner_id: int, state: Json, assign: Assign) -> Step:
    found = db.session.execute(_next(column, owner_id, state.get("after"))).all()
    undone = [one.id for one in found if one.status in UNDONE]
    done = sum(_assigned(case, assign) for case in _locked(undone, column, owner_id))
    counts = {"assigned": state.get("assigned", 0) + done, "left": state.get("left", 0) + len(undone) - done}
    if len(found) < AT_ONCE:
        return Step({}, done=done, receipt=counts)
    return Step({**counts, "after": [found[-1].created_at.isoformat(), found[-1].id]}, done=done)


def _next(column: Column, owner_id: int, after: Sequence[Any] | None) -> sa.Select[int, datetime, Status]:
    query = select(Case.id, Case.created_at, Case.status).where(column == owner_id)
    if after is not None:
        behind = sa.tuple_(sa.literal(datetime.fromisoformat(after[0]), Case.created_at.type), sa.literal(after[1]))
        query = query.where(sa.tuple_(Case.created_at, Case.id) > behind)
    return query.order_by(Case.created_at, Case.id).limit(AT_ONCE)


def _locked(ids: Sequence[int], column: Column, owner_id: int) -> Sequence[Case]:
    """Those of these cases that are still his, still not done, and not a part of another one."""
    still = column == owner_id, Case.status.in_(UNDONE), Case.merged_into_id.is_(None)
    query = select(Case).where(Case.id.in_(ids), *still).order_by(Case.id)
    return db.session.scalars(query.with_for_update(of=Case), execution_options={"populate_existing": True}).all()


def _assigned(case: Case, assign: Assign) -> bool:
    """Whether the case has the other one now. What is refused for one leaves the others alone."""
    try:
        with db.session.begin_nested():
            assign(case)
    except CaseyError:
        return False
    return True
