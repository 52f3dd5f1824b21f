"""What customers thought of a case, or of one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from app.cases.models import Case, Post, PostKind
from app.cases.participation import participates
from app.cases.snoozing import DONE
from app.clock import now
from app.config import settings
from app.errors import Conflict, Forbidden
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

LONGEST_COMMENT = 10_000
MOST_SHOWN = 1000
OF_CASE, OF_MESSAGE = "cases", "messages"  # as caseRating has it
OF_CASES, OF_MESSAGES = sa.text("post_id IS NULL"), sa.text("post_id IS NOT NULL")


class Score(StrEnum):
    """How good it was."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Rating(Base):
    """A person's score for a case or, with a post, for that one message; ``rated`` is whose work it was."""

    __tablename__ = "ratings"
    __table_args__ = (
        sa.Index(
            "ix_ratings_case_id_person_id",
            "case_id",
            "person_id",
            unique=True,
            sqlite_where=OF_CASES,
            postgresql_where=OF_CASES,
        ),
        sa.Index(
            "ix_ratings_post_id_person_id",
            "post_id",
            "person_id",
            unique=True,
            sqlite_where=OF_MESSAGES,
            postgresql_where=OF_MESSAGES,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posts.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    rated_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    score: Mapped[str] = mapped_column(sa.String(20))
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    post: Mapped[Post | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    rated: Mapped[Person | None] = relationship(foreign_keys=[rated_id])


def rate_case(case: Case, score: Score, *, by: Person, comment: str = "", rated: Person | None = None) -> Rating:
    """Say how good the help in a case was, or say it anew. It is the work of ``rated``, or else of its assignee.

    Raises Forbidden for who is no customer of the case, Conflict where cases are not rated.
    """
    check_may_rate(case, by)
    rating = _rating(case, None, by) or _new(case, None, by)
    return _give(rating, "case_rated", score, comment, rated=rated or case.assignee, by=by, credited=rated is not None)


def rate_message(post: Post, score: Score, *, by: Person, comment: str = "") -> Rating:
    """Say how good a message of the team was, or say it anew. Raises what ``rate_case`` does, and Conflict."""
    _check_open(OF_MESSAGE)
    _check_concerned(post.case, by)
    if not rateable(post):
        raise Conflict("Only a message that the team has sent can be rated.")
    rating = _rating(post.case, post, by) or _new(post.case, post, by)
    return _give(rating, "message_rated", score, comment, rated=post.author, by=by)


def rateable(post: Post) -> bool:
    """Whether this is a message that the team has sent."""
    return post.kind is PostKind.MESSAGE and post.send_at is None and post.author.team


def check_may_rate(case: Case, person: Person) -> None:
    """Raises Forbidden for who is no customer of the case, Conflict where cases are not rated."""
    _check_open(OF_CASE)
    _check_concerned(case, person)


def _check_open(what: str) -> None:
    if settings().case_rating not in ("all", what):
        raise Conflict(f"Here {what} are not rated (caseRating).")


def may_rate(case: Case, person: Person) -> bool:
    """Whether this person may rate the case as a whole, and has reason to: it is done."""
    return settings().case_rating in ("all", OF_CASE) and case.status in DONE and _concerned(case, person)


def may_rate_messages(case: Case, person: Person) -> bool:
    """Whether this person may say how good single messages of a case are."""
    return settings().case_rating in ("all", OF_MESSAGE) and _concerned(case, person)


def _concerned(case: Case, person: Person) -> bool:
    inside = person.id == case.requester_id or (not person.team and participates(case, person))
    return inside and person.active


def _check_concerned(case: Case, person: Person) -> None:
    if not _concerned(case, person):
        raise Forbidden("Only the requester and the customers in a case rate it.", field="from")


def _rating(case: Case, post: Post | None, person: Person) -> Rating | None:
    query = select(Rating).where(Rating.case_id == case.id, Rating.person_id == person.id)
    return db.session.scalar(query.where(Rating.post_id == post.id if post else Rating.post_id.is_(None)))


def _new(case: Case, post: Post | None, person: Person) -> Rating:
    rating = Rating(case_id=case.id, post_id=post.id if post else None, person_id=person.id, score="")
    db.session.add(rating)
    return rating


def _give(
    rating: Rating,
    event: str,
    score: Score,
    comment: str,
    *,
    rated: Person | None,
    by: Person,
    credited: bool = False,
) -> Rating:
    """The same score and comment as before change nothing, unless they are ``credited`` to somebody else."""
    was, said, whose = (rating.score, rating.comment or ""), (score, comment), rated.id if rated else None
    if was != said or (credited and rating.rated_id != whose):
        rating.score, rating.comment, rating.created_at = score, comment, now()
        rating.rated_id = whose
        db.session.flush()
        old = {"score": was[0], "comment": was[1]} if was[0] else None
        record(_of(rating), event, by=by, old=old, new={"score": score, "comment": comment, "post": rating.post_id})
    return rating


def _of(rating: Rating) -> Case:
    return db.session.get_one(Case, rating.case_id)


def rating_by(case: Case, person: Person) -> Rating | None:
    """What this person thought of the case as a whole."""
    return _rating(case, None, person)


def ratings_of(case: Case) -> list[Rating]:
    """The ratings of a case and of its messages, in the order in which they were first given."""
    query = select(Rating).where(Rating.case_id == case.id).order_by(Rating.id).limit(MOST_SHOWN)
    loaded = (selectinload(Rating.post), selectinload(Rating.person), selectinload(Rating.rated))
    return list(db.session.scalars(query.options(*loaded)))


def rating_of_case(case: Case) -> Rating | None:
    """What was thought of the case as a whole: by its requester, or else by whoever rated it last."""
    query = select(Rating).where(Rating.case_id == case.id, Rating.post_id.is_(None))
    return db.session.scalar(query.order_by(_his_first(case), Rating.id.desc()).limit(1))


def ratings_of_posts(case: Case, posts: Sequence[Post]) -> dict[int, Rating]:
    """What was thought of each of these messages, likewise, by their ids."""
    query = select(Rating).where(Rating.post_id.in_([one.id for one in posts]))
    found: dict[int, Rating] = {}
    for rating in db.session.scalars(query.order_by(_his_first(case), Rating.id.desc())):
        found.setdefault(rating.post_id or 0, rating)
    return found


def _his_first(case: Case) -> sa.UnaryExpression[bool]:
    """What the requester says comes before what others say, whose person may be gone."""
    return sa.func.coalesce(Rating.person_id == case.requester_id, sa.false()).desc()
