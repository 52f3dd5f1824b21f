"""Ideas: cases in which somebody proposes something, with how far it has got and what is answered to it officially."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.assignment import assign_team
from app.cases.editing import edit_post
from app.cases.idea_categories import IdeaCategory
from app.cases.models import Case
from app.cases.queries import first_post
from app.clock import now
from app.errors import Conflict, Invalid
from app.events import record
from app.extensions import Base, db
from app.people.models import Person
from app.text import storable

CHANNEL = "idea"
LONGEST_RESPONSE = 100_000


class Stage(StrEnum):
    """How far an idea has got."""

    WAITING = "waiting"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


class Idea(Base):
    """What a case of the channel ``idea`` has besides. What is proposed is its first message."""

    __tablename__ = "ideas"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), unique=True)
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("idea_categories.id"), index=True)
    stage: Mapped[Stage] = mapped_column(default=Stage.WAITING)
    response: Mapped[str | None] = mapped_column(sa.Text)
    responded_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    case: Mapped[Case] = relationship()
    category: Mapped[IdeaCategory | None] = relationship(lazy="joined")


def idea_of(case: Case) -> Idea:
    """The idea of a case, made where nothing was said of it yet. Raises Conflict for a case that is none."""
    if case.channel != CHANNEL:
        raise Conflict("This case is no idea: its channel is another one.")
    idea = db.session.scalar(sa.select(Idea).where(Idea.case_id == case.id))
    return idea or Idea(case=case, case_id=case.id, stage=Stage.WAITING)


def rephrase_idea(case: Case, text: str, *, by: Person | None) -> None:
    """Say otherwise what is proposed. Raises Invalid for an empty text, and as ``idea_of`` does."""
    idea_of(case)
    edit_post(first_post(case), text, by=by)


def move_idea(case: Case, stage: Stage, *, by: Person | None) -> None:
    """Say how far an idea has got. Raises as ``idea_of`` does."""
    idea = idea_of(case)
    if idea.stage is not stage:
        was, idea.stage = idea.stage, stage
        db.session.add(idea)
        record(case, "idea_moved", by=by, old=was, new=stage)


def categorize_idea(case: Case, category: IdeaCategory | None, *, by: Person | None) -> None:
    """Put an idea into a category, whose team answers for it if none does yet. Raises as ``idea_of`` does, and Invalid
    for a category that is no longer in use.
    """
    idea = idea_of(case)
    if category is not None and category.disabled_at:
        raise Invalid("This category is no longer in use.", field="category_id")
    if idea.category is not category:
        was, idea.category = idea.category, category
        db.session.add(idea)
        old, new = (one.title if one else None for one in (was, category))
        record(case, "idea_categorized", by=by, old=old, new=new)
    if category and category.team and case.team is None:
        assign_team(case, category.team, by=by)


def respond_to_idea(case: Case, text: str, *, by: Person | None) -> None:
    """Answer an idea officially, or say it otherwise. Raises Invalid for an empty text, and as ``idea_of`` does."""
    idea, text = idea_of(case), storable(text)
    if not text.strip():
        raise Invalid("An official response must not be empty.", field="content")
    if idea.response != text:
        was, idea.response, idea.responded_at = idea.response, text, now()
        db.session.add(idea)
        record(case, "idea_answered", by=by, old=was, new=text)


def withdraw_response(case: Case, *, by: Person | None) -> None:
    """Take the official response back. Where there is none, nothing changes. Raises as ``idea_of`` does."""
    idea = idea_of(case)
    if idea.response is not None:
        was, idea.response, idea.responded_at = idea.response, None, None
        record(case, "idea_response_withdrawn", by=by, old=was)
