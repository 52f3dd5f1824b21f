"""Two persons who turn out to be one may have rated the same thing; one person rates it once."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app.cases.models import Case
from app.cases.ratings import Rating
from app.events import Actor, record
from app.extensions import db


def keep_later_ratings(person_id: int, into_id: int, *, by: Actor | None) -> None:
    """Where both have rated, leave what was said last, as when one rates anew. What was said before is recorded."""
    for case, *both in _rated_by_both(person_id, into_id):
        earlier, later = sorted(both, key=lambda one: (one.created_at, one.id))
        new = {**_said(later), "post": later.post_id}
        record(case, "rating_superseded", by=by, old=_said(earlier), new=new)
        db.session.delete(earlier)
    db.session.flush()


def _rated_by_both(person_id: int, into_id: int) -> list[tuple[Case, Rating, Rating]]:
    one, other = aliased(Rating), aliased(Rating)
    whole = and_(one.post_id.is_(None), other.post_id.is_(None), one.case_id == other.case_id)
    query = (
        select(Case, one, other)
        .join(one, one.case_id == Case.id)
        .join(other, or_(one.post_id == other.post_id, whole))
        .where(one.person_id == person_id, other.person_id == into_id)
        .order_by(one.id)
    )
    return [(case, mine, his) for case, mine, his in db.session.execute(query)]


def _said(rating: Rating) -> dict[str, str]:
    return {"score": rating.score, "comment": rating.comment}
