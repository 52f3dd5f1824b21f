"""The changelog of a case: what happened to it, from its opening on."""

from sqlalchemy import select

from app.cases.models import Case
from app.events import Event
from app.extensions import db


def events_of(case: Case, *, after: int, limit: int) -> list[Event]:
    """The events of a case in their order, from the one behind ``after`` on; at most ``limit``."""
    query = select(Event).where(Event.case_id == case.id, Event.sequence > after)
    return list(db.session.scalars(query.order_by(Event.sequence).limit(limit)))
