"""Ratings beside what they are of: those a reader gave himself, and all of them, for the team."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, lazyload

from app.cases.models import Case, Post
from app.cases.ratings import Rating
from app.extensions import db
from app.people.models import Person

MOST = 200


def own_scores(posts: Sequence[Post], person: Person) -> dict[int, str]:
    """How good this person found each of these messages that he has rated, by their ids."""
    query = select(Rating.post_id, Rating.score).where(Rating.person_id == person.id)
    rows = db.session.execute(query.where(Rating.post_id.in_([one.id for one in posts]))).all()
    return {post_id: score for post_id, score in rows if post_id is not None}


def own_comment(post: Post, person: Person) -> str:
    """What this person said of a message beside its score."""
    query = select(Rating.comment).where(Rating.post_id == post.id, Rating.person_id == person.id)
    return db.session.scalar(query) or ""


def ratings_beside(case: Case, posts: Sequence[Post]) -> dict[int | None, list[Rating]]:
    """What was thought of each of these messages, by their ids, and of the case as a whole, by None; the latest first.

    At most 200, of all together.
    """
    of_these = or_(Rating.post_id.is_(None), Rating.post_id.in_([one.id for one in posts]))
    query = select(Rating).where(Rating.case_id == case.id, of_these).order_by(Rating.id.desc()).limit(MOST)
    whose = joinedload(Rating.person).options(lazyload(Person.identities))
    found: dict[int | None, list[Rating]] = {}
    for one in db.session.scalars(query.options(whose)):
        found.setdefault(one.post_id, []).append(one)
    return found
