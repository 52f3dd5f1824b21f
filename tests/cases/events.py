"""Reading what was recorded on a case."""

from typing import Any

from sqlalchemy import select

from app.events import Event
from app.extensions import db


def happened(*names: str) -> list[tuple[str, Any, Any, int | None]]:
    """The events of these names, oldest first: name, old value, new value and the id of who did it."""
    query = select(Event).where(Event.name.in_(names)).order_by(Event.sequence)
    return [(one.name, one.old, one.new, one.actor_id) for one in db.session.scalars(query)]
