"""How many cases there are of whom."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from app.cases.models import Case, State
from app.cases.queries import in_state
from app.extensions import db


def cases_of_each(person_ids: Collection[int]) -> Mapping[int, int]:
    """How many active cases each of these persons has, by their ids."""
    query = select(Case.requester_id, func.count()).where(Case.requester_id.in_(person_ids), in_state(State.ACTIVE))
    found = db.session.execute(query.group_by(Case.requester_id))
    return dict.fromkeys(person_ids, 0) | {row[0]: row[1] for row in found}
