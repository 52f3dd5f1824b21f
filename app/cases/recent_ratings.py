"""What customers thought of late."""

from sqlalchemy import select

from app.cases.models import Case, State
from app.cases.queries import in_state
from app.cases.ratings import Rating
from app.extensions import db

RECENT = 200


def recent_ratings() -> list[Rating]:
    """The latest ratings of cases in play and of messages on them, from the newest back."""
    query = select(Rating).join(Case, Case.id == Rating.case_id).where(in_state(State.ACTIVE))
    return list(db.session.scalars(query.order_by(Rating.id.desc()).limit(RECENT)))
